const STILL_SECONDS = 10;
const COLUMNS = 10;
const ROWS = 6;
const SHEET_SECONDS = STILL_SECONDS * COLUMNS * ROWS;

export const STILL_WIDTH = 160;
export const STILL_HEIGHT = 90;

/** Where the still of a moment is: the sheet's address, and its place on it in pixels. */
export const stillOf = (cameraId: string, at: number): { url: string; x: number; y: number } => {
  const seconds = Math.floor(at / 1000);
  const sheet = seconds - (seconds % SHEET_SECONDS);
  const index = Math.floor((seconds - sheet) / STILL_SECONDS);
  return {
    url: `/hls/${encodeURIComponent(cameraId)}/scrub/${sheet}.jpg`,
    x: (index % COLUMNS) * STILL_WIDTH,
    y: Math.floor(index / COLUMNS) * STILL_HEIGHT,
  };
};
