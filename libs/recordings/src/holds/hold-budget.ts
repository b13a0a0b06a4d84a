import type { HoldBudgetSetting } from '@app/config';
import type { HoldBudgetLevel } from '@app/contracts';

export interface Volume {
  volume: string;
  usedBytes: number;
  freeBytes: number;
}

const LEVELS: readonly [HoldBudgetLevel, number][] = [
  ['over', 1],
  ['late', 0.9],
  ['early', 0.7],
];

/**
 * Bytes that holds may keep. Packagers that share a disk count it once.
 * @returns undefined while a share is asked for and no packager has told of its disk
 */
export function limitOf(setting: HoldBudgetSetting, volumes: readonly Volume[]): number | undefined {
  if (setting.kind === 'bytes') return setting.bytes;
  const disks = new Map(volumes.map(({ volume, usedBytes, freeBytes }) => [volume, usedBytes + freeBytes]));
  const total = [...disks.values()].reduce((sum, bytes) => sum + bytes, 0);
  return disks.size === 0 ? undefined : Math.floor(setting.share * total);
}

export function budgetLevel(usedBytes: number, limitBytes: number | null): HoldBudgetLevel {
  if (limitBytes === null) return 'enough';
  return LEVELS.find(([, share]) => usedBytes >= share * limitBytes && usedBytes > 0)?.[0] ?? 'enough';
}
