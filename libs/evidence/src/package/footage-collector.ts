import { createHash } from 'node:crypto';
import type { TimeRange } from '@app/recordings';
import type { RecordedBytes } from '@app/storage';
import type { CaseCamera } from './case-file';
import { type DeclaredGap, endOfRow, type FootageRow, footageOf, gapsOf, isStored } from './footage-entries';
import type { PackedCamera, PackedSegment, SegmentFate } from './manifest';
import type { PackageIndex } from './package-index';
import { initName, segmentName } from './package-names';
import type { Staging } from './staging';

/** Clocks are not equal to the millisecond. */
const TOLERANCE_MS = 100;

export interface CameraFootage {
  camera: CaseCamera;
  rows: FootageRow[];
  gaps: DeclaredGap[];
  inits: ReadonlyMap<string, Buffer>;
}

/** Brings the recorded bytes of a case together, as they are on record, and says what became of those that are not there. */
export class FootageCollector {
  constructor(
    private readonly index: PackageIndex,
    private readonly recorded: Pick<RecordedBytes, 'read'>,
  ) {}

  /** What is to be fetched, before any of it is. */
  async plan(cameras: readonly CaseCamera[], range: TimeRange): Promise<CameraFootage[]> {
    const ids = cameras.map(({ id }) => id);
    const told = await this.index.gaps(ids, range);
    const planned: CameraFootage[] = [];
    for (const camera of cameras) {
      const rows = footageOf(await this.index.rows(camera.id, range), range);
      const inits = await this.index.inits([...new Set(rows.flatMap(({ runId }) => (runId === null ? [] : [runId])))]);
      planned.push({ camera, rows, inits, gaps: gapsOf(rows, told.get(camera.id) ?? [], range, TOLERANCE_MS) });
    }
    return planned;
  }

  /**
   * @param onSegment called after each
   * @throws Error while a place that has bytes cannot be read: a package is made later rather than without them
   */
  async collect(
    { camera, rows, gaps, inits }: CameraFootage,
    range: TimeRange,
    staging: Staging,
    onSegment: () => Promise<void>,
  ): Promise<PackedCamera> {
    const packed: PackedCamera = { id: camera.id, name: camera.name, number: camera.number, inits: [], segments: [], gaps };
    for (const [runId, init] of inits) {
      const file = await staging.add(initName(camera.number, runId), 'original', init);
      packed.inits.push({ runId, path: file.path, bytes: file.bytes, sha256: file.sha256 });
    }
    for (const row of rows) {
      packed.segments.push(await this.fetch(camera, row, range, staging));
      await onSegment();
    }
    return packed;
  }

  private async fetch(camera: CaseCamera, row: FootageRow, { from }: TimeRange, staging: Staging): Promise<PackedSegment> {
    const isLeadIn = endOfRow(row) <= from;
    return { row, isLeadIn, fate: await this.fateOf(camera, row, staging) };
  }

  private async fateOf(camera: CaseCamera, row: FootageRow, staging: Staging): Promise<SegmentFate> {
    if (!isStored(row)) return { state: 'deleted' };
    const bytes = await this.recorded.read({ file: row.file, offset: row.offset, length: row.length });
    if (!bytes) return { state: 'unavailable' };
    const found = createHash('sha256').update(bytes).digest('hex');
    // Bytes that are not those of the record are no evidence of anything but that.
    if (row.sha256 !== null && found !== row.sha256) return { state: 'damaged', foundSha256: found };
    const { path } = await staging.add(segmentName(camera.number, row.runId, row.mediaSequence), 'original', bytes);
    return { state: 'original', path };
  }
}
