import { type FaultCode } from '@app/contracts';

/** The programs found on this machine and what they can do. `ffprobe` and `setpriv` may be absent. */
export interface FfmpegTools {
  readonly ffmpeg: string;
  readonly ffprobe: string | undefined;
  /** util-linux `setpriv` that knows `--pdeathsig`: lets the kernel end a child whose parent was killed. */
  readonly setpriv: string | undefined;
  /** As ffmpeg prints it, for example `5.1.9-0+deb12u1`. */
  readonly version: string;
  readonly capabilities: FfmpegCapabilities;
}

export interface FfmpegCapabilities {
  /** Names of input protocols, for example `rtmp`, `srt`, `tcp`, `tls`. */
  readonly protocols: readonly string[];
  readonly srt: boolean;
  readonly libx264: boolean;
  readonly drawtext: boolean;
}

/** What ffmpeg reads. A URL keeps its credentials; nothing here may be logged. */
export type PackagingInput =
  | { readonly kind: 'url'; readonly url: string }
  /** `onlyPicture`: one track, which begins with a key frame, so that nothing else needs to be waited for. */
  | { readonly kind: 'flv-stdin'; readonly onlyPicture?: boolean };

/** What happens to each track. `copy` costs nothing; `transcode` gives H.264, `aac` gives AAC. */
export interface PackagingPlan {
  readonly video: 'copy' | 'transcode';
  readonly audio: 'copy' | 'aac';
}

/** The tracks of an input by ffmpeg's codec names (`h264`, `hevc`, `aac`, `pcm_alaw`); null: there is no such track. */
export interface InputCodecs {
  readonly video: string | null;
  readonly audio: string | null;
  /** As ffmpeg names it (`High`, `High 10`), absent when it does not say. */
  readonly videoProfile?: string;
}

/** How a process ended. `code` and `signal` are both null only when it never started; then `spawnError` says why. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly spawnError?: string;
}

/** A fault in the words of the contract. `detail` is one line for operators and never holds a credential. */
export interface Fault {
  readonly code: FaultCode;
  readonly detail: string;
}

/** What is known besides the lines of stderr when an end is classified. */
export interface FaultContext {
  readonly exit?: ProcessExit;
  /** True once media came out: a loss then is a lost connection, not one that never was. */
  readonly hadMedia: boolean;
  /** How long the process lived, in milliseconds. Some refusals differ from silence by nothing else. */
  readonly livedMs: number;
}
