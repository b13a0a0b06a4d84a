/** What of a list was there when it was first shown, and what came on top since. */
export interface Arrivals {
  joined: string;
  known: ReadonlySet<string>;
  arrived: ReadonlySet<string>;
}

/**
 * The arrivals after the list shows these ids, newest first. Rows loaded further down are older, not new.
 * @param before null when the list is shown for the first time
 */
export const arrivalsAfter = (before: Arrivals | null, ids: readonly string[]): Arrivals => {
  const joined = ids.join();
  if (before === null) return { joined, known: new Set(ids), arrived: new Set() };
  if (before.joined === joined) return before;
  const firstOld = ids.findIndex((id) => before.known.has(id));
  const top = firstOld < 0 ? ids : ids.slice(0, firstOld);
  return { joined, known: new Set([...before.known, ...ids]), arrived: new Set([...before.arrived, ...top]) };
};
