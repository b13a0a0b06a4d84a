/** Seconds; PART-TARGET of every list. */
export const PART_TARGET_SECONDS = 0.5;
/** Seconds of the past that the live list shows. */
export const WINDOW_SECONDS = 600;

/** Times of the watchdog and of starts, milliseconds. */
export const WATCH = {
  /** Between two looks at a camera. */
  tickMs: 125,
  /** Looks further apart than this: the process was held up. */
  heldUpMs: 500,
  /** Silence after which a segment that is nearly full ends where it is, so that its list goes on. */
  overdueMs: 1_000,
  /** Silence after which the list goes on with gaps and the state says why. */
  quietMs: 1_500,
  /** Silence after which the connection is given up. */
  giveUpMs: 8_000,
  /** A camera that connects holds its place among those that start for this long at most. */
  startingMs: 1_000,
  /** No fragment this long after a start: what was seen so far says why. */
  diagnoseMs: 5_000,
  /** Nothing explained it by then, as where a byte comes now and then: the camera is told to be silent. */
  unexplainedMs: 10_000,
  /** No fragment this long after a start: a new connection. Longer where frames come but no key frame. */
  startMs: 15_000,
  keyFrameMs: 75_000,
  /**
   * How far behind now gaps are listed: as much as the first media of a new run may be older than its arrival (the look at the input,
   * the burst that some cameras begin with), so that it finds its place in time free.
   */
  gapBehindMs: 2_000,
  /** Between runs, without media for this long, the list goes on with the beginning of a gap: whoever has all of the list waits for it. */
  firstGapMs: 1_000,
  /** Media this much behind its clock is late; this much ahead, its clock is wrong. */
  lateMs: 5_000,
  aheadMs: 5_000,
  /** Late for this long without a break: its clock is not that of the run any more. */
  steadyLateMs: 20_000,
} as const;
