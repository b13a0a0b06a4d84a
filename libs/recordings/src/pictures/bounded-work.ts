import { DomainError } from '@app/platform';

export interface WorkBounds {
  atOnce: number;
  /** More than these that wait are refused: they would be served too late to be of use. */
  waiting: number;
}

/** Runs costly work a few at a time, in the order it was asked for. */
export class BoundedWork {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly bounds: WorkBounds) {}

  /** @throws DomainError `service.unavailable` when too much waits; what `work` throws */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.bounds.atOnce) await this.wait();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  /** Whoever ends hands its place on. */
  private wait(): Promise<void> {
    if (this.queue.length >= this.bounds.waiting)
      throw new DomainError('service.unavailable', 'Too many pictures are asked for. Try again in a moment.', undefined, {
        retryAfterSeconds: 2,
      });
    return new Promise((resolve) => this.queue.push(resolve));
  }
}
