const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * When what could not be sent is tried again, later each time.
 * @param attempts how often it was tried
 * @param random 0…1, spreads the tries of many devices after an outage
 */
export const nextTry = (attempts: number, now: number, random: number): number => {
  const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
  return now + wait * (0.75 + random / 2);
};
