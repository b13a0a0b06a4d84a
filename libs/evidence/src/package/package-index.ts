import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db, ofCamera, type Row } from '@app/database';
import { type TimeRange, Timelines } from '@app/recordings';
import { fileOf } from '@app/storage';
import type { DeclaredGap, FootageRow } from './footage-entries';

const TICKS_PER_MS = 90;
/** More than the longest distance of key frames we take. */
const LOOK_BACK_MS = 60_000;

/** What the index of the recording says about the footage of a case. */
@Injectable()
export class PackageIndex {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly timelines: Timelines,
  ) {}

  /** Rows of a camera that touch the range, and those of up to a minute before it, by media sequence. */
  async rows(cameraId: string, { from, to }: TimeRange): Promise<FootageRow[]> {
    const rows = await this.db
      .selectFrom('segments')
      .selectAll()
      .where(ofCamera(cameraId))
      .where('starts_at', '>=', new Date(from - LOOK_BACK_MS))
      .where('starts_at', '<', new Date(to))
      .orderBy('media_sequence')
      .execute();
    return rows.map(toFootageRow);
  }

  /** Why there is no footage where there is none, by camera. */
  async gaps(cameraIds: readonly string[], range: TimeRange): Promise<Map<string, DeclaredGap[]>> {
    return await this.timelines.gapsOf(cameraIds, range);
  }

  /** Until when the index of a camera says what was recorded, epoch ms; 0 while it says nothing. */
  async knownUntil(cameraId: string): Promise<number> {
    const newest = await this.db
      .selectFrom('segments')
      .select(['starts_at', 'duration_ticks'])
      .where(ofCamera(cameraId))
      .orderBy('media_sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return newest ? newest.starts_at.getTime() + newest.duration_ticks / TICKS_PER_MS : 0;
  }

  /** Init segments by run. */
  async inits(runIds: readonly string[]): Promise<Map<string, Buffer>> {
    if (runIds.length === 0) return new Map();
    const runs = await this.db.selectFrom('runs').select(['id', 'init_segment']).where('id', 'in', runIds).execute();
    return new Map(runs.map((run) => [run.id, run.init_segment]));
  }
}

function toFootageRow(row: Row<'segments'>): FootageRow {
  return {
    mediaSequence: row.media_sequence,
    kind: row.kind,
    runId: row.run_id,
    startsAt: row.starts_at.getTime(),
    durationMs: row.duration_ticks / TICKS_PER_MS,
    independent: row.independent,
    file: fileOf(row),
    offset: row.byte_offset,
    length: row.byte_length,
    sha256: row.sha256?.toString('hex') ?? null,
    deletedAt: row.deleted_at?.getTime() ?? null,
  };
}
