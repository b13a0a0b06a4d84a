import type { Writable } from 'node:stream';
import type { FaultCode } from '@app/contracts';
import type { InputCodecs } from '@app/ffmpeg';
import { type Rest, RtspCamera, type RtspEndReason, RtspFault, type SenderClock } from '@app/rtsp';
import { FeedPipe } from './feed-pipe';
import type { FeedFault, MediaFeed } from './media-feed';
import { PackagingFault } from './packaging-fault';

/** Ends in the words of the contract. */
const CODES: Readonly<Record<RtspEndReason, FaultCode>> = {
  'host-unknown': 'host-unknown',
  'host-unreachable': 'host-unreachable',
  'connection-refused': 'connection-refused',
  unauthorized: 'unauthorized',
  'path-not-found': 'path-not-found',
  redirected: 'not-a-stream',
  refused: 'not-a-stream',
  'not-rtsp': 'not-a-stream',
  'no-video': 'no-video',
  silent: 'silent',
  'connection-lost': 'connection-lost',
  'media-invalid': 'media-invalid',
  'timestamps-jumped': 'timestamps-jumped',
  'format-changed': 'format-changed',
  unreadable: 'settings-changed',
  'sink-failed': 'encoder-failed',
  stopped: 'connection-lost',
};

/** The media of a camera that we called over RTSP, on its way to ffmpeg's stdin. */
export class RtspFeed implements MediaFeed {
  private readonly pipe = new FeedPipe();
  private camera: RtspCamera | undefined;
  private over: FeedFault | undefined;

  /**
   * Connects and plays; what comes waits for `attach`.
   * @returns `leave-to-ffmpeg` for a camera whose media we do not read.
   * @throws PackagingFault, the signal's reason.
   */
  static async open(url: string, signal: AbortSignal, rest?: Rest): Promise<RtspFeed | 'leave-to-ffmpeg'> {
    const feed = new RtspFeed();
    try {
      feed.camera = await RtspCamera.open(url, {
        signal,
        rest,
        sink: { write: (buffers) => feed.pipe.write(buffers), end: (fault) => feed.finish(fault) },
      });
      return feed;
    } catch (error) {
      if (!(error instanceof RtspFault)) throw error;
      if (error.reason === 'unreadable') return 'leave-to-ffmpeg';
      throw new PackagingFault(CODES[error.reason], error.message, { cause: error });
    }
  }

  private constructor() {}

  get inputCodecs(): InputCodecs {
    return this.camera?.codecs ?? { video: null, audio: null };
  }

  get isOnlyPicture(): boolean {
    return this.inputCodecs.audio === null;
  }

  get fault(): FeedFault | undefined {
    return this.over;
  }

  get waitsForKeyFrame(): boolean {
    return this.camera?.waitsForKeyFrame ?? false;
  }

  get senderClock(): SenderClock | undefined {
    return this.camera?.senderClock;
  }

  attach(target: Writable): void {
    this.pipe.attach(target);
  }

  refuse(): void {
    this.camera?.close();
    this.pipe.refuse();
  }

  private finish(fault: RtspFault): void {
    // Then it is ffmpeg that has gone, and it knows better why.
    if (fault.reason !== 'sink-failed')
      this.over = { code: CODES[fault.reason], detail: fault.message, leaveToFfmpeg: fault.reason === 'unreadable' };
    this.pipe.finish();
  }
}
