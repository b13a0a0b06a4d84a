import type { Writable } from 'node:stream';
import type { InputCodecs } from '@app/ffmpeg';
import type { PublishedCodecs, PublishEnd, PublishSink } from '@app/rtmp';

/** The media of one push on its way to ffmpeg's stdin. What ffmpeg does not take yet is not read from the camera either. */
export class PushFeed implements PublishSink {
  readonly ended: Promise<PublishEnd>;
  private tellEnd: (reason: PublishEnd) => void = () => undefined;
  private readonly attached: Promise<Writable | undefined>;
  private tellAttached: (target: Writable | undefined) => void = () => undefined;
  private codecs: InputCodecs = { video: null, audio: null };
  private target: Writable | undefined;
  private closed = false;

  /** @param onStart told once the codecs are known: the feed may be attached now. */
  constructor(private readonly onStart: (feed: PushFeed) => void) {
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
    this.attached = new Promise((resolve) => (this.tellAttached = resolve));
  }

  get inputCodecs(): InputCodecs {
    return this.codecs;
  }

  get isOver(): boolean {
    return this.closed;
  }

  start(codecs: PublishedCodecs): void {
    this.codecs = codecs;
    this.onStart(this);
  }

  async write(buffers: readonly Buffer[]): Promise<void> {
    const target = this.target ?? (await this.attached);
    if (!target || target.destroyed || target.writableEnded) throw new Error('The push is not wanted any more');
    target.cork();
    const flows = buffers.map((buffer) => target.write(buffer)).every(Boolean);
    target.uncork();
    if (!flows) await drained(target);
  }

  end(reason: PublishEnd): void {
    this.closed = true;
    this.tellEnd(reason);
    this.tellAttached(undefined);
    this.target?.end();
  }

  /** From now on all goes to `target`. Once only. */
  attach(target: Writable): void {
    this.target = target;
    if (this.closed) target.end();
    this.tellAttached(target);
  }

  /** Nobody takes the media any more: the next write fails, and the listener ends the connection. */
  refuse(): void {
    this.tellAttached(undefined);
    this.target?.destroy();
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
