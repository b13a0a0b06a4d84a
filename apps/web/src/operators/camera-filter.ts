import type { CameraStateName, ManagedCamera } from '@app/contracts';

export const GROUPS = ['trouble', 'live', 'late', 'down', 'off'] as const;
export type Group = (typeof GROUPS)[number];

const STATES: Readonly<Record<CameraStateName, Exclude<Group, 'trouble'>>> = {
  live: 'live',
  late: 'late',
  dark: 'late',
  starting: 'down',
  down: 'down',
  frozen: 'down',
  'planned-off': 'off',
};

type Known = Pick<ManagedCamera, 'name' | 'stationCode' | 'state'>;

/** A camera that nobody planned to be off and that is not live needs somebody. */
export const isIn = (group: Group, { state }: Known): boolean => {
  const own = STATES[state.state];
  return group === 'trouble' ? own === 'late' || own === 'down' : own === group;
};

/** How many there are of each group; a camera that needs attention is in two. */
export const countsOf = (cameras: readonly Known[]): Record<Group, number> => {
  const count = (group: Group) => cameras.filter((camera) => isIn(group, camera)).length;
  return { trouble: count('trouble'), live: count('live'), late: count('late'), down: count('down'), off: count('off') };
};

/** The part of a long list that is on a page, counted from 1, and how many pages there are; a page that is gone is the last one. */
export const pageOf = <T>(items: readonly T[], page: number, size: number): { items: T[]; page: number; pages: number } => {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const shown = Math.min(Math.max(1, page), pages);
  return { items: items.slice((shown - 1) * size, shown * size), page: shown, pages };
};
