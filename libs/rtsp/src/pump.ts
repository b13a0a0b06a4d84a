import type { FlvAssembler } from './flv-assembler';
import { RtspFault, type RtspSink } from './types';

/** What a pump does with the socket. */
export interface Tap {
  /** False where pausing costs more than it saves: TLS comes in small pieces, of which each would wait. */
  readonly rests: boolean;
  /** Calls `wake` once, when it is time for the next batch. */
  rest(wake: () => void): void;
  resume(): void;
}

/**
 * Hands the media of a camera to its sink once in a batch, and says when the socket is read. Between two reads the socket rests
 * and the kernel collects: waking up for each of the packets would cost most of the work. While the sink is full nothing is read.
 */
export class Pump {
  private readonly wake = (): void => this.awake();
  private waiting = false;
  private writing = false;
  private stopped = false;

  constructor(
    private readonly assembler: FlvAssembler,
    private readonly sink: RtspSink,
    private readonly tap: Tap,
    private readonly onFault: (fault: RtspFault) => void,
  ) {}

  /** @param more whether there was more than a read holds. @returns whether to read on now. */
  afterRead(more: boolean): boolean {
    if (this.stopped) return true;
    if (this.tap.rests) this.flush();
    if (!more && !this.waiting) this.wait();
    return !this.writing && (more || !this.tap.rests);
  }

  stop(): void {
    this.stopped = true;
  }

  private wait(): void {
    this.waiting = true;
    this.tap.rest(this.wake);
  }

  private awake(): void {
    this.waiting = false;
    if (!this.tap.rests) this.flush();
    this.readOn();
  }

  private readOn(): void {
    if (!this.stopped && !this.writing && !(this.waiting && this.tap.rests)) this.tap.resume();
  }

  private flush(): void {
    if (this.writing || this.stopped) return;
    const buffers = this.assembler.take(performance.now());
    if (buffers.length === 0) return;
    const written = this.sink.write(buffers);
    if (written === 'used-up') this.assembler.reuse();
    else if (written) void this.holdUntil(written);
  }

  private async holdUntil(written: Promise<void>): Promise<void> {
    this.writing = true;
    try {
      await written;
    } catch (error) {
      return this.onFault(new RtspFault('sink-failed', 'The media was not taken.', { cause: error }));
    } finally {
      this.writing = false;
    }
    this.flush();
    this.readOn();
  }
}
