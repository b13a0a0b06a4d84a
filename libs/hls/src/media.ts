/** Ticks a second of all media times in this library. */
export const TICKS_PER_SECOND = 90_000;

export interface VideoTrack {
  /** As in a CODECS attribute (RFC 6381), e.g. `avc1.64001f`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly timescale: number;
  readonly trackId: number;
}

export interface AudioTrack {
  /** As in a CODECS attribute (RFC 6381), e.g. `mp4a.40.2`. */
  readonly codec: string;
  readonly timescale: number;
  readonly trackId: number;
}

/** ftyp + moov: what a player needs before any fragment of the run. */
export interface InitSegment {
  readonly kind: 'init';
  readonly bytes: Buffer;
  /** For a CODECS attribute, video first: `avc1.64001f,mp4a.40.2`. */
  readonly codecs: string;
  readonly video: VideoTrack | undefined;
  readonly audio: AudioTrack | undefined;
}

/**
 * One moof + mdat. Times are 90 kHz ticks of the video track (of the audio track where the file has no video).
 * A fragment that carries only audio of a file with video has `videoSamples` 0 and `duration` 0.
 */
export interface Fragment {
  readonly kind: 'fragment';
  readonly bytes: Buffer;
  readonly decodeTime: number;
  readonly duration: number;
  /** The first video sample is a sync sample, so a decoder may start here. */
  readonly independent: boolean;
  readonly videoSamples: number;
}

export type MediaPiece = InitSegment | Fragment;
