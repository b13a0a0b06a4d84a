import type { CaseFile } from './case-file';
import type { DeclaredGap, FootageRow } from './footage-entries';

export const MANIFEST_FORMAT = 'pollglass-evidence/1';

/** A file of the package as its bytes are. */
export interface PackedFile {
  path: string;
  bytes: number;
  /** hex */
  sha256: string;
}

/** What became of the bytes of one recorded segment. */
export type SegmentFate =
  | { state: 'original'; path: string }
  | { state: 'deleted' }
  | { state: 'unavailable' }
  | { state: 'damaged'; foundSha256: string };

export interface PackedSegment {
  row: FootageRow;
  fate: SegmentFate;
  /** Lies before the range: a decoder needs it. */
  isLeadIn: boolean;
}

export interface PackedCamera {
  id: string;
  name: string;
  number: number;
  inits: (PackedFile & { runId: string })[];
  segments: PackedSegment[];
  gaps: DeclaredGap[];
}

export type FileKind = 'original' | 'working-copy' | 'still' | 'case' | 'report' | 'readme';

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The list of everything in a package that the case itself determines, as JSON text. The same case gives the same text, whoever asks for
 * it and whenever: nothing of the export is in it.
 */
export function writeManifest(
  caseFile: CaseFile,
  cameras: readonly PackedCamera[],
  files: readonly (PackedFile & { kind: FileKind })[],
): string {
  const { incident, station, election } = caseFile;
  return jsonText({
    format: MANIFEST_FORMAT,
    election: { id: election.id, name: election.name },
    station: { id: station.id, code: station.code, name: station.name, timezone: station.timezone },
    incident: { id: incident.id, number: incident.number, version: incident.version, code: incident.code },
    range: { from: incident.from, at: incident.at, to: incident.to },
    cameras: cameras.map((camera) => ({
      id: camera.id,
      number: camera.number,
      name: camera.name,
      runs: camera.inits.map(({ runId, path, bytes, sha256 }) => ({ run: runId, init: { path, bytes, sha256 } })),
      segments: camera.segments.map(segmentEntry),
      gaps: camera.gaps.map(({ from, to, cause }) => ({ from: iso(from), to: iso(to), cause })),
    })),
    files: [...files].sort(byPath).map(({ path, kind, bytes, sha256 }) => ({ path, kind, bytes, sha256 })),
  });
}

/** `recorded` is where the recording had the bytes: they can be compared with it for as long as it is kept. */
function segmentEntry({ row, fate, isLeadIn }: PackedSegment): Record<string, unknown> {
  return {
    mediaSequence: row.mediaSequence,
    run: row.runId,
    from: iso(row.startsAt),
    to: iso(row.startsAt + row.durationMs),
    ...(isLeadIn && { leadIn: true }),
    ...fate,
    bytes: row.length,
    sha256: row.sha256,
    ...(row.deletedAt !== null && { deletedAt: iso(row.deletedAt) }),
    recorded: row.file === null ? null : { file: row.file, offset: row.offset },
  };
}

export const byPath = (left: { path: string }, right: { path: string }): number =>
  left.path < right.path ? -1 : left.path > right.path ? 1 : 0;

/** Two spaces, LF, one at the end: what a person can read and a program can compare. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** In the form that `sha256sum -c` reads. Names hold neither backslashes nor line breaks. */
export function checksumLines(files: readonly PackedFile[]): string {
  return [...files]
    .sort(byPath)
    .map(({ sha256, path }) => `${sha256}  ${path}\n`)
    .join('');
}
