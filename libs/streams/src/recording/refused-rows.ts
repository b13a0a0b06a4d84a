import type { RecordingRow } from './recording-rows';

/** The index has no form for such a row. */
export class RowUnfit extends Error {}

/**
 * A row that the database refuses for what it is must not hold up the others: it is found by halving and left out.
 * @throws what has nothing to do with a row
 */
export async function writeOrSplit(
  write: (rows: readonly RecordingRow[]) => Promise<void>,
  rows: readonly RecordingRow[],
  onRefused: (row: RecordingRow, error: unknown) => void,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  try {
    await write(rows);
  } catch (error) {
    if (!isRefusedRow(error)) throw error;
    if (rows.length === 1) return onRefused(first, error);
    const half = Math.ceil(rows.length / 2);
    await writeOrSplit(write, rows.slice(0, half), onRefused);
    await writeOrSplit(write, rows.slice(half), onRefused);
  }
}

/** Or of SQLSTATE classes 22 (data) and 23 (constraint): trying again would not help. */
function isRefusedRow(error: unknown): boolean {
  if (error instanceof RowUnfit) return true;
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}
