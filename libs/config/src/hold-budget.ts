/** How much holds may keep: a share, 0 to 1, of the disks that are recorded to, or a number of bytes. */
export type HoldBudgetSetting = { kind: 'share'; share: number } | { kind: 'bytes'; bytes: number };

const UNITS = { GB: 1e9, TB: 1e12 };
export const HOLD_BUDGET_RULE = 'is a share of the disks from 1% to 95%, or a size like 200GB or 1.5TB';

/** @returns undefined for anything that is neither */
export function readHoldBudget(text: string): HoldBudgetSetting | undefined {
  const [, percent, size, unit] = /^(?:(\d{1,2})\s?%|(\d{1,6}(?:\.\d{1,3})?)\s?(GB|TB))$/i.exec(text.trim()) ?? [];
  if (percent !== undefined) {
    const share = Number(percent) / 100;
    return share >= 0.01 && share <= 0.95 ? { kind: 'share', share } : undefined;
  }
  if (size === undefined || unit === undefined) return undefined;
  const bytes = Math.round(Number(size) * UNITS[unit.toUpperCase() as keyof typeof UNITS]);
  return bytes > 0 ? { kind: 'bytes', bytes } : undefined;
}
