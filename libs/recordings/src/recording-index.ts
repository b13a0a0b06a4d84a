import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db, ofCamera } from '@app/database';
import { fileOf } from '@app/storage';
import { packedRows, unpackRows } from './packed-rows';
import { endOf, type RecordedSegment, type TimeRange } from './recorded-segment';

/** Of a camera that never fixed its own. */
const DEFAULT_TARGET_SECONDS = 4;

/** Where the bytes of a segment are: below a media folder. */
export interface StoredBytes {
  file: string;
  offset: number;
  length: number;
}

/** What the index says of recorded media. Each question costs what its range holds, however long the day was. */
@Injectable()
export class RecordingIndex {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** The rows that touch the range, in the order of media sequence. */
  async segments(cameraId: string, range: TimeRange): Promise<RecordedSegment[]> {
    const { rows } = await packedRows(cameraId, range).execute(this.db);
    return unpackRows(rows).filter((segment) => endOf(segment) > range.from);
  }

  /** When the newest row of a camera begins, epoch ms. */
  async newestAt(cameraId: string): Promise<number | undefined> {
    const newest = await this.db
      .selectFrom('segments')
      .select('starts_at')
      .where(ofCamera(cameraId))
      .orderBy('media_sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return newest?.starts_at.getTime();
  }

  /** Seconds. */
  async targetDuration(cameraId: string): Promise<number> {
    const stream = await this.db
      .selectFrom('camera_streams')
      .select('target_duration')
      .where('camera_id', '=', cameraId)
      .executeTakeFirst();
    return stream?.target_duration ?? DEFAULT_TARGET_SECONDS;
  }

  async hasCamera(cameraId: string): Promise<boolean> {
    const camera = await this.db.selectFrom('cameras').select('id').where('id', '=', cameraId).executeTakeFirst();
    return camera !== undefined;
  }

  /** Undefined: a gap, deleted footage, or no such segment. */
  async bytesOf(cameraId: string, mediaSequence: number): Promise<StoredBytes | undefined> {
    const row = await this.db
      .selectFrom('segments')
      .select(['camera_id', 'run_id', 'chunk', 'byte_offset', 'byte_length'])
      .where(ofCamera(cameraId))
      .where('media_sequence', '=', mediaSequence)
      .where('kind', '=', 'media')
      .executeTakeFirst();
    const file = row ? fileOf(row) : null;
    if (!row || file === null || row.byte_offset === null || row.byte_length === null) return undefined;
    return { file, offset: row.byte_offset, length: row.byte_length };
  }

  /** The init segment of a run of this camera. */
  async initOf(cameraId: string, runId: string): Promise<Buffer | undefined> {
    const run = await this.db
      .selectFrom('runs')
      .select('init_segment')
      .where('id', '=', runId)
      .where('camera_id', '=', cameraId)
      .executeTakeFirst();
    return run?.init_segment;
  }
}
