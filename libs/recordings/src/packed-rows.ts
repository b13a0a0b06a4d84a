import { type RawBuilder, sql } from 'kysely';
import type { RecordedSegment, TimeRange } from './recorded-segment';

const TICKS_PER_MS = 90;

/** Rows of one run, as they come from the database: each list is a text `{1,2,3}`, in the same order. */
export interface PackedRows {
  run_id: string | null;
  independent: boolean;
  discontinuity_sequence: number;
  media_sequences: string;
  /** Seconds since 1970. */
  starts: string;
  /** 90 kHz. */
  durations: string;
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
      (select ${columns} from segments where camera_id = ${cameraId} and starts_at <= ${new Date(from)} order by starts_at desc limit 1)
      union all
      (select ${columns} from segments where camera_id = ${cameraId} and starts_at > ${new Date(from)} and starts_at < ${new Date(to)})
    )
    select run_id, independent, discontinuity_sequence, array_agg(media_sequence)::text as media_sequences,
      array_agg(date_part('epoch', starts_at))::text as starts, array_agg(duration_ticks)::text as durations
    from near group by run_id, independent, discontinuity_sequence`;
}

/** In the order of media sequence. */
export function unpackRows(packed: readonly PackedRows[]): RecordedSegment[] {
  const segments: RecordedSegment[] = [];
  for (const { run_id, independent, discontinuity_sequence, ...lists } of packed) {
    const [starts, durations] = [numbers(lists.starts), numbers(lists.durations)];
    for (const [index, mediaSequence] of numbers(lists.media_sequences).entries())
      segments.push({
        mediaSequence,
        discontinuitySequence: discontinuity_sequence,
        runId: run_id,
        startsAt: Math.round(starts[index]! * 1000),
        durationMs: durations[index]! / TICKS_PER_MS,
        independent,
      });
  }
  return segments.sort((left, right) => left.mediaSequence - right.mediaSequence);
}

const numbers = (list: string): number[] => JSON.parse(`[${list.slice(1, -1)}]`) as number[];
