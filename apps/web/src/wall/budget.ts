/** Decoding more at once costs more than a small computer has. */
export const MOST_VIDEOS = 4;

interface Wanted {
  /** Tiles with a picture to play, in their order on the wall. */
  tiles: readonly string[];
  chosen: string | undefined;
  /** Tiles that were chosen before, the latest first. */
  recent: readonly string[];
  limit: number;
}

/** Which tiles are videos: the chosen one first, then those that were looked at last, then the first of the wall. */
export const videosOf = ({ tiles, chosen, recent, limit }: Wanted): string[] => {
  const order = [...(chosen === undefined ? [] : [chosen]), ...recent, ...tiles];
  return [...new Set(order)].filter((tile) => tiles.includes(tile)).slice(0, Math.max(0, limit));
};

/** Players start one after the other: the next of those that are wanted and do not play yet. */
export const nextToStart = (playing: readonly string[], wanted: readonly string[]): string | undefined =>
  wanted.find((tile) => !playing.includes(tile));

/** The chosen tile was looked at last. */
export const lookedAt = (recent: readonly string[], chosen: string): string[] =>
  [chosen, ...recent.filter((tile) => tile !== chosen)].slice(0, 9);

/** Frames that were decoded in a while, and how many of them came too late to be shown. */
export interface Frames {
  total: number;
  dropped: number;
}

const TOO_MANY_DROPPED = 0.05;
/** Fewer say nothing. */
const ENOUGH_FRAMES = 100;

/** One video fewer where this computer cannot keep up; never less than one. */
export const limitAfter = (limit: number, { total, dropped }: Frames): number =>
  total >= ENOUGH_FRAMES && dropped / total > TOO_MANY_DROPPED ? Math.max(1, limit - 1) : limit;
