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

/** The range of the list that is loaded to play from `at`. On whole minutes, so that viewers of the same time share it. */
export const windowAround = (at: number): Span => {
  const from = Math.floor((at - BEFORE_MS) / MINUTE_MS) * MINUTE_MS;
  return { from, to: from + LENGTH_MS };
};

/** Whether `at` can be played from the list without loading another one. */
export const reaches = (window: Span, at: number): boolean => at >= window.from && at < window.to - CHANGE_MS;

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
