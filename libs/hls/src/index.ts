import { type Fragment, type MediaPiece } from './media';

export * from './media';
export * from './media-invalid';

/* ---------------------------------------------------------------- box parser */
export declare class FragmentParser {
  constructor(limits?: { maxInitBytes?: number; maxFragmentBytes?: number });
  /** Complete pieces, in order. @throws MediaInvalid; the parser is unusable afterwards. */
  push(chunk: Buffer): MediaPiece[];
  /** Bytes of the last incomplete piece held in memory (0 = the stream ended cleanly between fragments). */
  readonly pendingBytes: number;
}

/* ---------------------------------------------------------------- segmenter */
/** A complete part. `chunks` are the fragments' bytes, in order. */
export interface PackedPart {
  readonly chunks: readonly Buffer[];
  readonly byteLength: number;
  readonly decodeTime: number;
  readonly duration: number;
  readonly independent: boolean;
}
export type DiscontinuityReason = 'time-jumped' | 'time-went-back' | 'fragment-too-long';
export type PackedEvent =
  | { readonly kind: 'part'; readonly part: PackedPart }
  /** The open segment is complete (its parts came before this). `independent`: it starts at a key frame. */
  | { readonly kind: 'segment-end'; readonly decodeTime: number; readonly duration: number; readonly independent: boolean }
  /** Media time without media inside a run (at most 5 s; always after a segment-end): list gap segments for it. */
  | { readonly kind: 'gap'; readonly decodeTime: number; readonly duration: number }
  /** Nothing of `fragment` was taken: start a new run with a new Segmenter and push it there. The open segment was ended before this. */
  | { readonly kind: 'discontinuity'; readonly reason: DiscontinuityReason; readonly fragment: Fragment };

export declare class Segmenter {
  /** Seconds. Deterministic: the same fragments from a segment's start always give the same parts. */
  constructor(options: { partTarget: number; targetDuration: number });
  push(fragment: Fragment): PackedEvent[];
  /** End of the run: closes the open part and segment. */
  finish(): PackedEvent[];
}
/** 4 when the first key frame distance exceeds 2.45 s, else 2; undefined while the fragments do not tell yet. */
export declare function chooseTargetDuration(fragments: readonly Fragment[]): 2 | 4 | undefined;

/* ---------------------------------------------------------------- live window */
export interface LiveWindowOptions {
  /** Seconds, fixed for the life of the camera. */
  readonly targetDuration: number;
  readonly partTarget: number;
  /** Default 600. */
  readonly windowSeconds?: number;
  /** Number of the first segment of an empty window. Default 0. */
  readonly firstMediaSequence?: number;
  /** Wall clock (epoch ms) at which an empty window begins; needed only when it begins with a gap. */
  readonly startsAt?: number;
}
export interface RunStart<Body> {
  readonly runId: string;
  readonly init: Body;
  /** Epoch ms of the run's first media. Moved to the end of the list if earlier, so that no time is listed twice. */
  readonly startsAt: number;
}
/** A complete segment as listed; this is what a segments row is written from. */
export interface ListedSegment {
  readonly kind: 'media' | 'gap';
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  /** The run whose MAP applies; undefined for gaps. */
  readonly runId: string | undefined;
  /** Epoch ms, may be fractional. */
  readonly startsAt: number;
  /** 90 kHz ticks. */
  readonly duration: number;
  readonly independent: boolean;
}
/** A row of the past, oldest first, without holes in mediaSequence. */
export interface HistorySegment<Body> extends ListedSegment {
  /** Undefined for gaps. */
  readonly body: Body | undefined;
}
export interface History<Body> {
  readonly segments: readonly HistorySegment<Body>[];
  /** Every run that a segment names. */
  readonly runs: readonly { readonly runId: string; readonly init: Body }[];
}
export type Found<Body> =
  | { readonly kind: 'body'; readonly body: Body }
  /** Listed as absent media. */
  | { readonly kind: 'gap' }
  /** Not there yet, but next: the preload hint names it. Wait for a change of `version` and ask again. */
  | { readonly kind: 'next' }
  | { readonly kind: 'unknown' };

export declare class LiveWindow<Body> {
  constructor(options: LiveWindowOptions);
  /** Goes up with each change that a playlist shows. */
  readonly version: number;
  /** Number of the segment that the next part belongs to. */
  readonly nextMediaSequence: number;
  /** Index of the next part in that segment. */
  readonly nextPartIndex: number;
  readonly discontinuitySequence: number;
  /** Wall clock (epoch ms) at the end of the list, open segment included; undefined while nothing is known. */
  readonly endsAt: number | undefined;
  /** Only on an empty window. Lists the history, as trimmed. @throws RangeError for holes or a used window. */
  restore(history: History<Body>): void;
  /** Closes nothing: the open segment must have been closed. New MAP, and DISCONTINUITY unless it is the very first media. */
  startRun(run: RunStart<Body>): { readonly discontinuitySequence: number; readonly startsAt: number };
  /** Duration in ticks. */
  addPart(part: { readonly duration: number; readonly independent: boolean; readonly body: Body }): {
    readonly mediaSequence: number;
    readonly index: number;
  };
  /** Completes the open segment (media or gap parts); the body of a media segment serves seg/<msn>.m4s. */
  closeSegment(body?: Body): ListedSegment;
  /** Absent media; opens a gap segment if none is open. The open segment must not hold media. */
  addGapPart(duration: number): { readonly mediaSequence: number; readonly index: number };
  /** One whole gap segment of parts <= PART-TARGET (duration in ticks, at most the target duration). */
  addGapSegment(duration: number): ListedSegment;
  /** Whole gap segments for a long absence (ticks). */
  addGap(duration: number): ListedSegment[];
  init(runId: string): Body | undefined;
  segment(mediaSequence: number): Found<Body>;
  part(mediaSequence: number, index: number): Found<Body>;
  /** Exchanges bodies for cheaper references (memory -> disk). Nothing listed changes. */
  replaceBodies(mediaSequence: number, bodies: { segment?: Body; part?: (body: Body, index: number) => Body }): void;
  /** Complete segments now listed, oldest first. */
  segments(): readonly ListedSegment[];
  playlist(directives?: Directives): PlaylistAnswer;
}

/* ---------------------------------------------------------------- playlist */
export interface Directives {
  readonly mediaSequence?: number;
  readonly part?: number;
  readonly skip?: boolean;
}
export type DirectiveRule = 'part-without-msn' | 'not-a-number' | 'too-far-ahead' | 'unknown-skip' | 'repeated';
export type PlaylistAnswer =
  /** `answers` a blocking request (cacheable longer) or is just the present list. */
  | { readonly kind: 'ready'; readonly text: string; readonly version: number; readonly delta: boolean }
  /** Not there yet (or no complete segment at all): ask again when `version` changed. Give up after 3 target durations: 503. */
  | { readonly kind: 'wait' }
  /** 400 */
  | { readonly kind: 'invalid'; readonly rule: DirectiveRule };
/** Reads _HLS_msn, _HLS_part, _HLS_skip from a parsed query string. */
export declare function parseDirectives(
  query: Readonly<Record<string, unknown>>,
): { readonly kind: 'directives'; readonly directives: Directives } | { readonly kind: 'invalid'; readonly rule: DirectiveRule };
