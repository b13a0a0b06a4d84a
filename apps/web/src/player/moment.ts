/** Further than this from live is no longer "live" in words. */
export const AT_LIVE_MS = 6000;
/** A jump of the shown time larger than this, which nobody asked for, is told to the viewer. */
const SKIP_NOTICE_MS = 2500;

/**
 * UTC of the frame on the screen.
 * @param playingDate epoch ms of the playhead by the list's PROGRAM-DATE-TIME, null while unknown
 * @param currentTime playhead in media seconds at the same instant
 * @param frameMediaTime media seconds of the last frame handed to the screen, null where the browser does not tell
 */
export const displayedFrameAt = (
  playingDate: number | null,
  currentTime: number,
  frameMediaTime: number | null,
): number | null => {
  if (playingDate === null) return null;
  // After a seek the last frame is still of the old place until the new one is decoded.
  const usable = frameMediaTime !== null && Math.abs(frameMediaTime - currentTime) < 1;
  return Math.round(playingDate + (usable ? (frameMediaTime - currentTime) * 1000 : 0));
};

/** How far the frame is behind the server's now, never negative: clocks differ by more than frames do. */
export const delayOf = (frameAt: number | null, serverNow: number): number | null =>
  frameAt === null ? null : Math.max(0, serverNow - frameAt);

export interface Tick {
  frameAt: number | null;
  /** epoch ms of this computer */
  at: number;
}

/**
 * Whole seconds that the picture jumped forward between two looks at it without anyone asking: minutes without video
 * that were passed over, or a place that fell out of the window. Null when it just played.
 */
export const skippedSeconds = (before: Tick, now: Tick): number | null => {
  if (before.frameAt === null || now.frameAt === null) return null;
  const jumped = now.frameAt - before.frameAt - (now.at - before.at);
  return jumped > SKIP_NOTICE_MS ? Math.round(jumped / 1000) : null;
};

/** Where a jump back by `seconds` lands, within what can be played. All in media seconds. */
export const targetOfBack = (currentTime: number, seconds: number, windowStart: number): number =>
  Math.min(currentTime, Math.max(currentTime - seconds, windowStart + 0.5));

/** What is said of the place the viewer is at. */
export type Place = { kind: 'unknown' } | { kind: 'live'; delayMs: number } | { kind: 'behind'; delayMs: number };

export const placeOf = (delayMs: number | null): Place => {
  if (delayMs === null) return { kind: 'unknown' };
  return { kind: delayMs <= AT_LIVE_MS ? 'live' : 'behind', delayMs };
};
