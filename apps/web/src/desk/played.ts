/** Stretches of the record that passed on the screen, epoch ms, in the order of time and apart from each other. */
export interface Stretch {
  from: number;
  to: number;
}

/** More than this between two looks at the player is a jump, and what lies between was not seen. */
const STEP_MS = 1500;
/** Two stretches this close are one: looks at the player come a few times a second. */
const TOUCHING_MS = 400;

/** The stretches after the picture went on from `before` to `at` by playing; a jump adds nothing. */
export const addPlayed = (stretches: readonly Stretch[], before: number, at: number): readonly Stretch[] => {
  if (at <= before || at - before > STEP_MS) return stretches;
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
