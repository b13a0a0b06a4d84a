import type { Span } from './day-record';

const MINUTE_MS = 60_000;
/** Room to step back without another list. */
const BEFORE_MS = MINUTE_MS;
/** Far below the six hours that a list may have: short lists come at once. */
const LENGTH_MS = 30 * MINUTE_MS;
/** A list of settled time never changes. */
const SETTLED_AFTER_MS = MINUTE_MS;
/** The picture moves to the next list this long before the end of one. */
const CHANGE_MS = 1000;

/** Of a window that ends at a cut: all but its last frames are played. */
const CUT_MS = 250;
/** Lists hold every segment that touches their range. */
const MARGIN_MS = 20;

/** The range of a list. `isCut`: what comes after it cannot be in the same list. */
export interface ListWindow extends Span {
  isCut: boolean;
}

/**
 * The range of the list that is loaded to play from `at`. On whole minutes, so that viewers of the same time share it.
 * @param cuts moments that no list may reach across: the media after them do not fit into the video of those before
 */
export const windowAround = (at: number, cuts: readonly number[] = []): ListWindow => {
  const from = Math.floor((at - BEFORE_MS) / MINUTE_MS) * MINUTE_MS;
  const to = from + LENGTH_MS;
  const before = Math.max(...cuts.filter((cut) => cut <= at && cut > from));
  const after = Math.min(...cuts.filter((cut) => cut > at && cut < to));
  const isCut = after < to;
  return { from: before > from ? before + MARGIN_MS : from, to: isCut ? after - MARGIN_MS : to, isCut };
};

/** Whether `at` can be played from the list without loading another one. */
export const reaches = ({ from, to, isCut }: ListWindow, at: number): boolean =>
  at >= from && at < to - (isCut ? CUT_MS : CHANGE_MS);

/** `at`, or where the next list begins when this one is cut off right there. */
export const beyondCut = ({ to, isCut }: ListWindow, at: number): number =>
  isCut && at >= to - CUT_MS ? Math.max(at, to + 2 * MARGIN_MS) : at;

/** Whether the list may still get longer: it is asked for again while it is played. */
export const isGrowing = (window: Span, now: number): boolean => window.to > now - SETTLED_AFTER_MS;

export const archiveUrl = (cameraId: string, { from, to }: Span): string => {
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  return `/hls/${encodeURIComponent(cameraId)}/archive.m3u8?${query.toString()}`;
};

/** One entry of a list as the player knows it. `start`, `duration` in media seconds. */
export interface ListEntry {
  programDateTime: number | null;
  start: number;
  duration: number;
  gap?: boolean;
}

/** Where in media seconds `at` is; in time without footage the beginning of what comes next. Null: the list has nothing more. */
export const mediaTimeOf = (entries: readonly ListEntry[], at: number): number | null => {
  const footage = entries.filter(({ gap, programDateTime }) => gap !== true && programDateTime !== null);
  const isOf = ({ programDateTime, duration }: ListEntry) => at < (programDateTime ?? 0) + duration * 1000;
  const entry = footage.find(isOf);
  if (!entry) return null;
  return entry.start + Math.max(0, at - (entry.programDateTime ?? at)) / 1000;
};
