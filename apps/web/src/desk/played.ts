/** Stretches of the record that passed on the screen, epoch ms, in the order of time and apart from each other. */
export interface Stretch {
  from: number;
  to: number;
}

/** The picture goes on as time does; what it is further on than this was jumped over, and not seen. */
const AHEAD_MS = 500;
/** Two stretches this close are one: looks at the player come a few times a second. */
const TOUCHING_MS = 400;

/** Whether the picture came from `before` to `at` in `elapsedMs` by playing. */
export const isPlayed = (before: number, at: number, elapsedMs: number): boolean =>
  at > before && at - before <= elapsedMs + AHEAD_MS;

/** The stretches after the picture went on from `before` to `at` in `elapsedMs`; a jump adds nothing. */
export const addPlayed = (stretches: readonly Stretch[], before: number, at: number, elapsedMs: number): readonly Stretch[] => {
  if (!isPlayed(before, at, elapsedMs)) return stretches;
  return joined([...stretches, { from: before, to: at }]);
};

/** Whether all of the range passed. */
export const coversAll = (stretches: readonly Stretch[], range: Stretch): boolean =>
  stretches.some(({ from, to }) => from <= range.from + TOUCHING_MS && to >= range.to - TOUCHING_MS);

const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const result: Stretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && stretch.from - last.to <= TOUCHING_MS) last.to = Math.max(last.to, stretch.to);
    else result.push({ ...stretch });
  }
  return result;
};
