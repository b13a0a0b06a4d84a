import type { Writable } from 'node:stream';

type Written = 'used-up' | void | Promise<void>;

/** The way from a feed to ffmpeg's standard input. What ffmpeg does not take yet is not read from the source either. */
export class FeedPipe {
  private readonly attached: Promise<Writable | undefined>;
  private tellAttached: (target: Writable | undefined) => void = () => undefined;
  private target: Writable | undefined;
  private ended = false;

  constructor() {
    this.attached = new Promise((resolve) => (this.tellAttached = resolve));
  }

  /** Resolves when more may come; `used-up`: the kernel has taken all of it. Rejects once nobody takes it any more. */
  write(buffers: readonly Buffer[]): Written {
    return this.target ? this.pass(this.target, buffers) : this.passLater(buffers);
  }

  attach(target: Writable): void {
    this.target = target;
    if (this.ended) target.end();
    this.tellAttached(target);
  }

  /** The source has ended: ffmpeg sees the end of its input. */
  finish(): void {
    this.ended = true;
    this.tellAttached(undefined);
    this.target?.end();
  }

  /** Nobody takes the media any more. */
  refuse(): void {
    this.tellAttached(undefined);
    this.target?.destroy();
  }

  private async passLater(buffers: readonly Buffer[]): Promise<void> {
    await this.pass(await this.attached, buffers);
  }

  private pass(target: Writable | undefined, buffers: readonly Buffer[]): Written {
    if (!target || target.destroyed || target.writableEnded) throw new Error('The media is not wanted any more');
    target.cork();
    let flows = true;
    for (const buffer of buffers) flows = target.write(buffer);
    target.uncork();
    if (!flows && target.writableNeedDrain) return drained(target);
    // A write that the kernel takes at once is over when the call returns.
    if (target.writableLength === 0 && !target.destroyed) return 'used-up';
  }
}

/** Also when the reader has gone. */
function drained(target: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      target.off('drain', done).off('close', done);
      resolve();
    };
    target.on('drain', done).on('close', done);
    if (target.destroyed) done();
  });
}
