/** The peer of a connection, for logs and for the caller's own limits. */
export interface RemoteAddress {
  readonly address: string;
  readonly port: number;
}

/** The tracks of a push by ffmpeg's codec names (`h264`, `hevc`, `aac`, `pcm_alaw`); null: none seen so far. */
export interface PublishedCodecs {
  readonly video: string | null;
  readonly audio: string | null;
}

/** Why a connection ended. Only `unpublished` and `disconnected` are the camera's ordinary ends. */
export type PublishEnd =
  | 'unpublished'
  | 'disconnected'
  | 'replaced'
  | 'idle'
  | 'refused'
  | 'handshake-timeout'
  | 'too-many-handshakes'
  | 'bad-handshake'
  | 'bad-chunk'
  | 'bad-command'
  | 'message-too-large'
  | 'play-unsupported'
  | 'sink-failed'
  | 'stopped';

/**
 * Takes the media of one push as an FLV byte stream. `start` comes once, before the first `write`, as soon as the codecs are
 * known. While the promise of a `write` is open no more is read from the camera. `end` comes exactly once, last.
 */
export interface PublishSink {
  start?(codecs: PublishedCodecs): void;
  /** FLV bytes in order: header, metadata, sequence headers, tags. The buffers are not reused. One call in each `batchMs`. */
  write(buffers: readonly Buffer[]): void | Promise<void>;
  end(reason: PublishEnd): void;
}

export interface RtmpListenerOptions {
  readonly port: number;
  readonly host: string;
  /**
   * Asked once for each publish, before any media is read. Undefined refuses. The stream key is the name of the publish command
   * without its query. A rejection refuses too.
   */
  readonly authorize: (streamKey: string, remote: RemoteAddress) => Promise<PublishSink | undefined>;
  /** Told of each end of a connection. The stream key is never part of it. */
  readonly onClosed?: (end: { readonly reason: PublishEnd; readonly remote: RemoteAddress; readonly detail: string }) => void;
  readonly limits?: Partial<RtmpLimits>;
}

export interface RtmpLimits {
  /** Largest message taken, in bytes. */
  readonly messageBytes: number;
  /** Largest chunk size a peer may set, in bytes. */
  readonly chunkBytes: number;
  /** From accept to an authorised publish, in milliseconds. */
  readonly handshakeMs: number;
  /** Longest silence of a publishing peer, in milliseconds. */
  readonly idleMs: number;
  /** Connections that have not published yet. */
  readonly handshakes: number;
  /** A publishing peer is read, and its sink written to, once in this many milliseconds (more often while it sends over 64 kB). */
  readonly batchMs: number;
}
