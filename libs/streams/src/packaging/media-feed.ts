import type { Writable } from 'node:stream';
import type { Fault, InputCodecs } from '@app/ffmpeg';
import type { SenderClock } from '@app/rtsp';

/** Why a feed ended. */
export interface FeedFault extends Fault {
  /** What comes is not for us to read: the camera is to be opened by ffmpeg itself. */
  readonly leaveToFfmpeg?: boolean;
}

/** Media that we read ourselves and hand to ffmpeg's standard input as FLV, wherever it comes from. */
export interface MediaFeed {
  /** What comes, as far as it is known before ffmpeg has seen it. */
  readonly inputCodecs: InputCodecs;
  /** No sound, and a key frame first: ffmpeg needs to look for nothing. */
  readonly isOnlyPicture: boolean;
  /** Why the feed ended; undefined while it goes on, and where it was ffmpeg that ended. */
  readonly fault: FeedFault | undefined;
  /** Pictures come, but no key frame to begin with. */
  readonly waitsForKeyFrame: boolean;
  /** What the camera said of its own clock last, where it says anything. */
  readonly senderClock?: SenderClock | undefined;
  /** From now on all goes to `target`. Once only. */
  attach(target: Writable): void;
  /** Nobody takes the media any more: its source is let go. */
  refuse(): void;
}

/** What a connection packages. */
export type ConnectionInput =
  { readonly kind: 'url'; readonly url: string } | { readonly kind: 'feed'; readonly feed: MediaFeed };
