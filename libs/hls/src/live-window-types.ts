export interface LiveWindowOptions {
  /** Seconds, fixed for the life of the camera. */
  readonly targetDuration: number;
  /** Seconds. */
  readonly partTarget: number;
  /** Default 600; never less than three target durations. */
  readonly windowSeconds?: number;
  /** Number of the first segment of an empty window. Default 0. */
  readonly firstMediaSequence?: number;
  /** Discontinuity sequence of that segment. Default 0. */
  readonly firstDiscontinuitySequence?: number;
  /** Wall clock (epoch ms) at which an empty window begins; needed only when it begins with a gap. */
  readonly startsAt?: number;
}

export interface RunStart<Body> {
  readonly runId: string;
  readonly init: Body;
  /** Epoch ms of the run's first media. Moved to the end of the list if earlier, so that no time is listed twice. */
  readonly startsAt: number;
  /** The clock was set back: it starts when it says, although the list knows later times. */
  readonly setBack?: boolean;
}

/** A complete segment as listed; this is what a segments row is written from. */
export interface ListedSegment {
  readonly kind: 'media' | 'gap';
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  /** The run of the media; undefined for gaps. */
  readonly runId: string | undefined;
  /** Epoch ms, may be fractional. */
  readonly startsAt: number;
  /** 90 kHz ticks. */
  readonly duration: number;
  readonly independent: boolean;
}

/** A row of the past, oldest first, without holes in mediaSequence. */
export interface HistorySegment<Body> extends ListedSegment {
  /** Undefined for gaps. Media without a body (deleted) is listed as a gap. */
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

export interface WindowPart<Body> {
  readonly duration: number;
  readonly independent: boolean;
  /** Undefined: a gap. */
  body: Body | undefined;
}

/** A segment inside the window. `start` is list time: ticks since the window's own beginning, wall clock jumps left out. */
export interface WindowSegment<Body> {
  readonly kind: 'media' | 'gap';
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  /** How many DISCONTINUITY tags stand before it. */
  readonly discontinuities: number;
  readonly runId: string | undefined;
  /** The run whose MAP is in force here; of a gap, that of the media before it. */
  readonly mapRunId: string | undefined;
  readonly startsAt: number;
  readonly start: number;
  duration: number;
  independent: boolean;
  body: Body | undefined;
  /** Undefined once no one may ask for them any more. */
  parts: WindowPart<Body>[] | undefined;
}

export const listed = <Body>(segment: WindowSegment<Body>): ListedSegment => ({
  kind: segment.kind,
  mediaSequence: segment.mediaSequence,
  discontinuitySequence: segment.discontinuitySequence,
  runId: segment.runId,
  startsAt: segment.startsAt,
  duration: segment.duration,
  independent: segment.independent,
});

/** The segment after its media was lost: the same place in the list, with nothing there. */
export const asGap = <Body>(segment: WindowSegment<Body>): WindowSegment<Body> => ({
  ...segment,
  kind: 'gap',
  runId: undefined,
  independent: false,
  body: undefined,
  parts: segment.parts?.map(({ duration }) => ({ duration, independent: false, body: undefined })),
});

export const bodyOrGap = <Body>(body: Body | undefined): Found<Body> =>
  body === undefined ? { kind: 'gap' } : { kind: 'body', body };
