/** The viewer asked for less data or less motion: pictures stand still until they ask for video. */
export const prefersStills = (): boolean =>
  (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true ||
  window.matchMedia('(prefers-reduced-data: reduce)').matches ||
  window.matchMedia('(prefers-reduced-motion: reduce)').matches;
