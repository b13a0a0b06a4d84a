import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db, ofCamera } from '@app/database';
import { fileOf } from '@app/storage';
import { type ClipRange, type IndexedSegment, LOOK_BACK_MS } from './clip-plan';

const TICKS_PER_MS = 90;

/** What the recording holds, for clips. */
@Injectable()
export class FootageIndex {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** The media of the range, and what a decoder may need before it; oldest first. */
  async segments(cameraId: string, range: Pick<ClipRange, 'from' | 'to'>): Promise<IndexedSegment[]> {
    const rows = await this.db
      .selectFrom('segments')
      .selectAll()
      .where(ofCamera(cameraId))
      .where('kind', '=', 'media')
      .where('starts_at', '>=', new Date(range.from - LOOK_BACK_MS))
      .where('starts_at', '<', new Date(range.to))
      .orderBy('media_sequence')
      .execute();
    return rows.flatMap((row) =>
      row.run_id === null
        ? []
        : [
            {
              cameraId,
              mediaSequence: row.media_sequence,
              runId: row.run_id,
              startsAt: row.starts_at.getTime(),
              durationMs: row.duration_ticks / TICKS_PER_MS,
              independent: row.independent,
              file: fileOf(row),
              byteOffset: row.byte_offset,
              byteLength: row.byte_length,
            },
          ],
    );
  }

  /** Until when the index says what is recorded and what is not, epoch ms; undefined while it says nothing. */
  async knownUntil(cameraId: string): Promise<number | undefined> {
    const newest = await this.db
      .selectFrom('segments')
      .select(['starts_at', 'duration_ticks'])
      .where(ofCamera(cameraId))
      .orderBy('media_sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return newest && newest.starts_at.getTime() + newest.duration_ticks / TICKS_PER_MS;
  }

  /** Init segments by run. */
  async formats(runIds: readonly string[]): Promise<Map<string, Buffer>> {
    if (runIds.length === 0) return new Map();
    const runs = await this.db.selectFrom('runs').select(['id', 'init_segment']).where('id', 'in', runIds).execute();
    return new Map(runs.map((run) => [run.id, run.init_segment]));
  }
}
