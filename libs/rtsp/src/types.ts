/**
 * Why a camera could not be opened, or why its media ended. `unreadable`: what it sends is nothing this library reads, another
 * reader may.
 */
export type RtspEndReason =
  | 'host-unknown'
  | 'host-unreachable'
  | 'connection-refused'
  | 'unauthorized'
  | 'path-not-found'
  | 'redirected'
  | 'refused'
  | 'not-rtsp'
  | 'no-video'
  | 'silent'
  | 'connection-lost'
  | 'media-invalid'
  | 'timestamps-jumped'
  | 'format-changed'
  | 'unreadable'
  | 'sink-failed'
  | 'stopped';

/** An end with its reason. Neither message nor cause holds the address or a credential. */
export class RtspFault extends Error {
  override readonly name = 'RtspFault';

  constructor(
    readonly reason: RtspEndReason,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The tracks that are read, by ffmpeg's names. */
export interface RtspCodecs {
  readonly video: 'h264';
  readonly audio: 'aac' | 'pcm_alaw' | 'pcm_mulaw' | null;
}

/** The camera's own wall clock against ours, as its last report of the picture said. */
export interface SenderClock {
  /** By the camera's clock, epoch ms. */
  readonly theirMs: number;
  /** By ours, when the report came, epoch ms. */
  readonly ourMs: number;
}

/**
 * Takes the media of a camera as an FLV byte stream. While the promise of a `write` is open no more is read from the camera. `end`
 * comes at most once, last, and not after `RtspCamera.close`.
 */
export interface RtspSink {
  /**
   * One call in each `batchMs`, more often while a camera sends over 256 kB in one.
   * @returns `used-up`: nobody looks at the buffers any more, and their memory may be written to again.
   */
  write(buffers: readonly Buffer[]): 'used-up' | void | Promise<void>;
  end(fault: RtspFault): void;
}

/** Calls `wake` once, in about so many milliseconds. Not at all, or later than it should, only when the process ends or is held up. */
export type Rest = (ms: number, wake: () => void) => void;

/** Milliseconds. */
export interface RtspLimits {
  /** Resolving the name, and reaching the host. */
  readonly connectMs: number;
  /** For each answer, and from PLAY to the first packet. */
  readonly answerMs: number;
  /** A camera that plays is read once in this time. */
  readonly batchMs: number;
}

export const RTSP_LIMITS: RtspLimits = { connectMs: 5_000, answerMs: 5_000, batchMs: 200 };
