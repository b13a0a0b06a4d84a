import type { Writable } from 'node:stream';
import type { InputCodecs } from '@app/ffmpeg';
import type { PublishedCodecs, PublishEnd, PublishSink } from '@app/rtmp';
import { FeedPipe } from './feed-pipe';
import type { FeedFault, MediaFeed } from './media-feed';

/** The media of one push on its way to ffmpeg's stdin. */
export class PushFeed implements PublishSink, MediaFeed {
  readonly ended: Promise<PublishEnd>;
  readonly waitsForKeyFrame = false;
  readonly isOnlyPicture = false;
  private readonly pipe = new FeedPipe();
  private tellEnd: (reason: PublishEnd) => void = () => undefined;
  private codecs: InputCodecs = { video: null, audio: null };
  private reason: PublishEnd | undefined;

  /** @param onStart told once the codecs are known: the feed may be attached now. */
  constructor(private readonly onStart: (feed: PushFeed) => void) {
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
  }

  get inputCodecs(): InputCodecs {
    return this.codecs;
  }

  get isOver(): boolean {
    return this.reason !== undefined;
  }

  get fault(): FeedFault | undefined {
    if (this.reason === undefined || this.reason === 'sink-failed') return undefined;
    return { code: 'push-ended', detail: `The push ended: ${this.reason}.` };
  }

  start(codecs: PublishedCodecs): void {
    this.codecs = codecs;
    this.onStart(this);
  }

  write(buffers: readonly Buffer[]): void | Promise<void> {
    const written = this.pipe.write(buffers);
    return written === 'used-up' ? undefined : written;
  }

  end(reason: PublishEnd): void {
    this.reason = reason;
    this.tellEnd(reason);
    this.pipe.finish();
  }

  attach(target: Writable): void {
    this.pipe.attach(target);
  }

  /** The next write fails, and the listener ends the connection. */
  refuse(): void {
    this.pipe.refuse();
  }
}
