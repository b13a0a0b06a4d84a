import { Coverage, type UncoveredBytes } from './coverage';

/** A file of the media folder, as it was before the rows were read. */
export interface ChunkFile {
  size: number;
  modifiedMs: number;
  /** undefined: no row names it. */
  coverage?: Coverage;
}

export interface KnownRun {
  id: string;
  /** Not ended when the files were listed. */
  open: boolean;
  /** The disk ended it: its open segment was given up, and is a gap in the index. */
  failed: boolean;
}

export type Leftover =
  /** Being written: its row comes when the segment is over. */
  | { kind: 'open-tail'; file: string }
  /** Of a segment that the disk did not take whole: never listed as a segment, never evidence. */
  | { kind: 'given-up'; file: string }
  /** `bytes` with the rows around them also where those are in the chunks before and after. */
  | { kind: 'orphan'; file: string; runId: string | undefined; bytes: UncoveredBytes };

/** Rows follow the bytes after this at the latest, while the database is there. */
const ROW_DELAY_MS = 30_000;
const natural = new Intl.Collator('en', { numeric: true });

/** Bytes that no row names. @param files by their path below the media folder, all of one camera */
export function leftoversOf(files: ReadonlyMap<string, ChunkFile>, runs: readonly KnownRun[], nowMs: number): Leftover[] {
  const known = new Map(runs.map((run) => [run.id, run]));
  const names = [...files.keys()].sort((a, b) => natural.compare(a, b));
  const found: Leftover[] = [];
  for (const [index, file] of names.entries()) {
    const chunk = files.get(file);
    if (!chunk) continue;
    const run = known.get(folderOf(file));
    const next = ofSameRun(names[index + 1], file);
    const mayGrow = run?.open === true && (next === undefined || nowMs - chunk.modifiedMs < ROW_DELAY_MS);
    for (const bytes of (chunk.coverage ?? new Coverage()).uncovered(chunk.size)) {
      if (mayGrow && bytes.end === chunk.size) {
        found.push({ kind: 'open-tail', file });
        continue;
      }
      if (run?.failed === true && next === undefined && bytes.end === chunk.size) {
        found.push({ kind: 'given-up', file });
        continue;
      }
      const afterSequence = bytes.afterSequence ?? coverageOf(files, ofSameRun(names[index - 1], file))?.last?.lastSequence;
      const beforeSequence = bytes.beforeSequence ?? coverageOf(files, next)?.first?.firstSequence;
      const around = {
        ...(afterSequence !== undefined && { afterSequence }),
        ...(beforeSequence !== undefined && { beforeSequence }),
      };
      found.push({ kind: 'orphan', file, runId: run?.id, bytes: { start: bytes.start, end: bytes.end, ...around } });
    }
  }
  return found;
}

/** `<camera>/<run>/<n>.m4s` */
const folderOf = (file: string): string => file.split('/')[1] ?? '';

const ofSameRun = (other: string | undefined, file: string): string | undefined =>
  other !== undefined && folderOf(other) === folderOf(file) ? other : undefined;

const coverageOf = (files: ReadonlyMap<string, ChunkFile>, file: string | undefined): Coverage | undefined =>
  file === undefined ? undefined : files.get(file)?.coverage;

/** Of each run, the files from the first to the last that a row names: where only a part of the time is looked at. */
export function namedStretches(files: ReadonlyMap<string, ChunkFile>): Set<string> {
  const runs = new Map<string, string[]>();
  for (const file of [...files.keys()].sort((a, b) => natural.compare(a, b))) {
    const names = runs.get(folderOf(file));
    if (names) names.push(file);
    else runs.set(folderOf(file), [file]);
  }
  const stretches = new Set<string>();
  for (const names of runs.values()) {
    const isNamed = (file: string): boolean => files.get(file)?.coverage !== undefined;
    const first = names.findIndex(isNamed);
    if (first !== -1) for (const file of names.slice(first, names.findLastIndex(isNamed) + 1)) stretches.add(file);
  }
  return stretches;
}
