import type { ListEntry } from './list-window';

/** A stretch of media time that the video can show, seconds. */
export interface Buffered {
  start: number;
  end: number;
}

/** The sound may begin a little before the picture, and the other way round. */
const TOUCHING_SECONDS = 0.1;

/**
 * How far it is to the next picture from where a video stands and has none, although the media there were loaded: frames
 * were lost, and those after them cannot be decoded before the next key frame, or time is missing that is too short to be
 * told. Null: there is a picture, or it may still come. Players wait there for ever: hls.js calls a fragment with a
 * beginning that cannot be shown loaded, and does not skip it while it is sought in.
 * @param buffered in the order of time
 */
export const holeSeconds = (entries: readonly ListEntry[], buffered: readonly Buffered[], at: number): number | null => {
  if (buffered.some(({ start, end }) => start - TOUCHING_SECONDS <= at && at < end)) return null;
  const index = entries.findIndex(({ start, duration }) => start <= at && at < start + duration);
  const footage = index === -1 ? undefined : entries.slice(index).find(({ gap }) => gap !== true);
  if (!footage) return null;
  const shown = buffered.find(({ start }) => start > at);
  if (shown && shown.start < footage.start + footage.duration) return shown.start - at;
  return footage.start > at ? footage.start - at : null;
};
