import { type RawBuilder, sql } from 'kysely';
import { ofCamera } from '@app/database';
import type { RecordedSegment, TimeRange } from './recorded-segment';

const TICKS_PER_MS = 90;
/** PostgreSQL's times are microseconds since 2000. */
const MS_OF_2000 = Date.UTC(2000, 0, 1);
/** Media sequence, beginning, duration in 90 kHz: eight bytes each, the highest first. */
const ROW_BYTES = 24;

/** Rows of one run. */
export interface PackedRows {
  run_id: string | null;
  independent: boolean;
  discontinuity_sequence: number;
  rows: Buffer;
}

/**
 * The rows that touch a range, a few long ones instead of thousands: what a row costs on its way is mostly what each of its values costs.
 * Rows do not overlap: of those that begin before the range only the last one can reach into it, however long it is.
 */
export function packedRows(cameraId: string, { from, to }: TimeRange): RawBuilder<PackedRows> {
  const columns = sql`case when kind = 'media' and chunk is not null then run_id end as run_id, independent, discontinuity_sequence,
    media_sequence, starts_at, duration_ticks`;
  return sql<PackedRows>`
    with near as (
      (select ${columns} from segments where ${ofCamera(cameraId)} and starts_at <= ${new Date(from)} order by starts_at desc limit 1)
      union all
      (select ${columns} from segments where ${ofCamera(cameraId)} and starts_at > ${new Date(from)} and starts_at < ${new Date(to)})
    )
    select run_id, independent, discontinuity_sequence,
      string_agg(int8send(media_sequence) || timestamptz_send(starts_at) || int8send(duration_ticks), ''::bytea) as rows
    from near group by run_id, independent, discontinuity_sequence`;
}

/** In the order of media sequence. */
export function unpackRows(packed: readonly PackedRows[]): RecordedSegment[] {
  const segments: RecordedSegment[] = [];
  for (const { run_id: runId, independent, discontinuity_sequence: discontinuitySequence, rows } of packed)
    for (let at = 0; at < rows.length; at += ROW_BYTES)
      segments.push({
        mediaSequence: int64At(rows, at),
        discontinuitySequence,
        runId,
        startsAt: Math.round(int64At(rows, at + 8) / 1000) + MS_OF_2000,
        durationMs: int64At(rows, at + 16) / TICKS_PER_MS,
        independent,
      });
  return segments.sort((left, right) => left.mediaSequence - right.mediaSequence);
}

/** All of ours are far below 2^53. */
const int64At = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
