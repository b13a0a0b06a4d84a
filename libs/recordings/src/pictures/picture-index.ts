import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db, ofCamera } from '@app/database';
import { fileOf } from '@app/storage';
import { keyFrameOffsets } from '@app/streams';
import type { TimeRange } from '../recorded-segment';
import type { StoredSegment } from './segment-bytes';

const TICKS_PER_MS = 90;
/** The longest distance of key frames we look back over. */
const LOOK_BACK_MS = 60_000;

/** A segment that pictures can be made of. Times are epoch ms. */
export interface PictureSegment {
  stored: StoredSegment;
  runId: string;
  startsAt: number;
  durationMs: number;
  /** Decode time of its first fragment, 90 kHz; null: not known. */
  mediaTime: number | null;
  /** Byte offsets of the fragments that begin with a key frame, ascending. */
  keyFrames: number[];
}

/** What the index knows of pictures. */
@Injectable()
export class PictureIndex {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Media that is there and begins in the range or up to a minute before it, in the order of time; what begins at `to` belongs to it. */
  async segments(cameraId: string, { from, to }: TimeRange): Promise<PictureSegment[]> {
    const rows = await this.db
      .selectFrom('segments')
      .select(['media_sequence', 'run_id', 'starts_at', 'duration_ticks', 'media_time', 'independent', 'key_frames'])
      .select(['camera_id', 'chunk', 'byte_offset', 'byte_length'])
      .where(ofCamera(cameraId))
      .where('kind', '=', 'media')
      .where('starts_at', '>=', new Date(from - LOOK_BACK_MS))
      .where('starts_at', '<=', new Date(to))
      .orderBy('starts_at')
      .execute();
    return rows.flatMap((row) => {
      const { run_id: runId, byte_offset: offset, byte_length: length } = row;
      const file = fileOf(row);
      if (runId === null || file === null || offset === null || length === null) return [];
      return [
        {
          stored: { cameraId, mediaSequence: row.media_sequence, file, offset, length },
          runId,
          startsAt: row.starts_at.getTime(),
          durationMs: row.duration_ticks / TICKS_PER_MS,
          mediaTime: row.media_time,
          keyFrames: keyFrameOffsets(row),
        },
      ];
    });
  }
}
