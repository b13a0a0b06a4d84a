import type { DiskReport, HoldBudgetLevel } from '@app/contracts';

/** What the packagers say of their disks, when one of them is short: the worst in one sentence; undefined: all have room. */
export function disksWarning(reports: readonly DiskReport[]): string | undefined {
  const disks = [...new Map(reports.map((report) => [report.volume, report])).values()];
  const short = disks.filter(({ level }) => WORDS[level] !== undefined);
  const worst = short.sort((a, b) => shareOf(b) - shareOf(a))[0];
  const word = worst && WORDS[worst.level];
  if (!worst || word === undefined) return undefined;
  const { shed } = worst;
  const gone = shed.sheets + shed.files > 0 ? `, ${shed.sheets} scrub sheets and ${shed.files} files of footage went for it` : '';
  const stuck = worst.isStuck ? '; what is left is held or being watched: make room, or release holds' : '';
  return `${short.length} of ${disks.length} recording disks ${short.length === 1 ? 'is' : 'are'} short; the worst is ${word} since ${worst.since}, ${Math.floor(shareOf(worst) * 100)} % used${gone}${stuck}`;
}

/** What is to be done about the budget of holds; undefined: nothing. */
export function holdsWarning(usage: { level: HoldBudgetLevel; used_bytes: number; limit_bytes: number | null } | undefined) {
  if (!usage || usage.level === 'enough' || usage.limit_bytes === null) return undefined;
  const percent = usage.limit_bytes > 0 ? Math.floor((usage.used_bytes / usage.limit_bytes) * 100) : 100;
  const share = `Holds keep ${inGigabytes(usage.used_bytes)} of ${inGigabytes(usage.limit_bytes)} GB, ${percent} % of their budget`;
  return usage.level === 'over' ? `${share}: nothing more can be held by hand` : share;
}

const WORDS: Partial<Record<DiskReport['level'], string>> = { short: 'short', critical: 'nearly full', full: 'full' };
const shareOf = ({ usedBytes, freeBytes }: DiskReport): number => usedBytes / Math.max(1, usedBytes + freeBytes);
const inGigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
