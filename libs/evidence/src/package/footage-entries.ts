import type { TimeRange } from '@app/recordings';

/** A row of the index that a package speaks of. Times are epoch ms. */
export interface FootageRow {
  mediaSequence: number;
  kind: 'media' | 'gap';
  runId: string | null;
  startsAt: number;
  durationMs: number;
  independent: boolean;
  /** Null: a gap, or footage that was deleted. */
  file: string | null;
  offset: number | null;
  length: number | null;
  /** hex; stays after the bytes are gone. */
  sha256: string | null;
  deletedAt: number | null;
}

/** A segment whose bytes should be there. */
export interface StoredRow extends FootageRow {
  runId: string;
  file: string;
  offset: number;
  length: number;
}

export const endOfRow = ({ startsAt, durationMs }: Pick<FootageRow, 'startsAt' | 'durationMs'>): number => startsAt + durationMs;

export function isStored(row: FootageRow): row is StoredRow {
  return row.kind === 'media' && row.runId !== null && row.file !== null && row.offset !== null && row.length !== null;
}

/**
 * The media of the range, whole segments each, and before them what a decoder needs to show the first of them.
 * @param rows of one camera in the order of media sequence, from as far before the range as a key frame may lie
 */
export function footageOf(rows: readonly FootageRow[], { from, to }: TimeRange): FootageRow[] {
  const media = rows.filter((row) => row.kind === 'media' && row.startsAt < to);
  const first = media.findIndex((row) => endOfRow(row) > from);
  if (first < 0) return [];
  return media.slice(decodableFrom(media, first));
}

/** Where the unbroken footage of one run begins that leads to `index`: at its last key frame before, or at itself. */
function decodableFrom(media: readonly FootageRow[], index: number): number {
  for (let at = index; at >= 0; at -= 1) {
    if (media[at]!.independent) return at;
    const [row, before] = [media[at]!, media[at - 1]];
    if (!before || before.runId !== row.runId || before.mediaSequence + 1 !== row.mediaSequence) break;
  }
  return index;
}

/** The parts of a range that none of the stretches covers, but for what clocks may differ by. */
export function uncovered(stretches: readonly TimeRange[], { from, to }: TimeRange, toleranceMs: number): TimeRange[] {
  const holes: TimeRange[] = [];
  let reached = from;
  for (const stretch of [...stretches].sort((left, right) => left.from - right.from)) {
    if (stretch.from >= to) break;
    if (stretch.from - reached > toleranceMs) holes.push({ from: reached, to: stretch.from });
    reached = Math.max(reached, stretch.to);
  }
  if (to - reached > toleranceMs) holes.push({ from: reached, to });
  return holes;
}

/** A time without footage, and why. Epoch ms. */
export interface DeclaredGap extends TimeRange {
  cause: string;
}

/**
 * What a package has to say about time without footage: each hole with the cause that the record gives, or `unknown`; nothing is left
 * for a reader to find out.
 */
export function gapsOf(
  footage: readonly FootageRow[],
  told: readonly DeclaredGap[],
  range: TimeRange,
  toleranceMs: number,
): DeclaredGap[] {
  const covered = footage.map((row) => ({ from: row.startsAt, to: endOfRow(row) }));
  const gaps = uncovered(covered, range, toleranceMs).flatMap((hole) => {
    const named = told.flatMap((gap) => {
      const part = { from: Math.max(gap.from, hole.from), to: Math.min(gap.to, hole.to), cause: gap.cause };
      return part.from < part.to ? [part] : [];
    });
    const rest = uncovered(named, hole, toleranceMs).map((part) => ({ ...part, cause: 'unknown' }));
    return [...named, ...rest];
  });
  return gaps.sort((left, right) => left.from - right.from);
}
