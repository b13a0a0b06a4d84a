import { ClipFile, type ClipPiece, type ClipSegment, piecesOf, SegmentBytes, type TimeRange } from '@app/recordings';
import { LocalBytes } from '@app/storage';
import type { PackedCamera } from './manifest';
import { workingCopyName } from './package-names';
import type { Staging } from './staging';

/** The footage of a camera that can be played, in unbroken pieces, read from where it was brought together. */
export function playablePieces(camera: PackedCamera, range: TimeRange): ClipPiece[] {
  const segments = camera.segments.flatMap(({ row, fate }): ClipSegment[] => {
    if (fate.state !== 'original' || row.runId === null || row.length === null) return [];
    const stored = {
      cameraId: camera.id,
      mediaSequence: row.mediaSequence,
      file: fate.path,
      offset: 0,
      length: row.length,
    };
    return [{ stored, runId: row.runId, startsAt: row.startsAt, durationMs: row.durationMs, independent: row.independent }];
  });
  return piecesOf(segments, range);
}

/** Neighbouring pieces that one file can hold: those with equal init segments. */
export function groupsOfOneFormat(pieces: readonly ClipPiece[], inits: ReadonlyMap<string, Buffer>): ClipPiece[][] {
  const groups: ClipPiece[][] = [];
  let before: Buffer | undefined;
  for (const piece of pieces) {
    const init = inits.get(piece.runId);
    if (init && before?.equals(init)) groups.at(-1)!.push(piece);
    else groups.push([piece]);
    before = init;
  }
  return groups;
}

/** Writes the MP4s that any player shows, of the same media with another clock: no evidence themselves. @returns their names */
export async function addWorkingCopies(
  camera: PackedCamera,
  pieces: readonly ClipPiece[],
  inits: ReadonlyMap<string, Buffer>,
  staging: Staging,
): Promise<string[]> {
  const bytes = new SegmentBytes(new LocalBytes(staging.folder));
  const groups = groupsOfOneFormat(pieces, inits);
  const names: string[] = [];
  for (const [index, group] of groups.entries()) {
    const init = inits.get(group[0]!.runId);
    if (!init) throw new Error(`Run ${group[0]!.runId} has segments, but no row`);
    const file = new ClipFile(group, init, bytes);
    const name = workingCopyName(camera.number, groups.length > 1 ? index + 1 : undefined);
    await staging.add(name, 'working-copy', file.read(0, file.byteLength - 1));
    names.push(name);
  }
  return names;
}
