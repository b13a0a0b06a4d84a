import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db, ofCamera } from '@app/database';
import { type TimeRange, TOLERANCE_MS } from './recorded-segment';
import type { Stretch } from './timeline';

const DELETED = 'deleted';
const UNKNOWN = 'unknown';

/** The record of a camera in few words: a day of segments is tens of thousands of rows, and a handful of stretches. */
@Injectable()
export class TimelineIndex {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Rows of one kind and cause that follow each other become one stretch. Those that touch the range, by media sequence. */
  async stretches(cameraId: string, { from, to }: TimeRange): Promise<Stretch[]> {
    const { rows } = await sql<{ from: Date; to: Date; cause: string | null }>`
      with near as (
        (select * from segments where ${ofCamera(cameraId)} and starts_at <= ${new Date(from)} order by starts_at desc limit 1)
        union all
        (select * from segments where ${ofCamera(cameraId)} and starts_at > ${new Date(from)} and starts_at < ${new Date(to)})
      ), told as (
        select media_sequence, starts_at, starts_at + make_interval(secs => duration_ticks / 90000.0) as ends_at,
          case when kind = 'gap' then coalesce(gap_cause, ${UNKNOWN}) when chunk is null then ${DELETED} end as cause
        from near
      ), marked as (
        select *, (cause is distinct from lag(cause) over sequence
          or coalesce(abs(extract(epoch from starts_at - lag(ends_at) over sequence)) * 1000 > ${TOLERANCE_MS}, true))::int as is_new
        from told window sequence as (order by media_sequence)
      ), numbered as (select *, sum(is_new) over (order by media_sequence) as stretch from marked)
      select min(starts_at) as "from", max(ends_at) as "to", min(cause) as cause
      from numbered group by stretch having max(ends_at) > ${new Date(from)} order by stretch`.execute(this.db);
    return rows.map((row) => ({ from: row.from.getTime(), to: row.to.getTime(), cause: row.cause }));
  }

  /** From the first row of a camera to the end of its last one. */
  async onRecord(cameraId: string): Promise<TimeRange | undefined> {
    const row = this.db.selectFrom('segments').where(ofCamera(cameraId)).limit(1);
    const [first, last] = await Promise.all([
      row.select('starts_at').orderBy('starts_at').executeTakeFirst(),
      row
        .select(sql<Date>`starts_at + make_interval(secs => duration_ticks / 90000.0)`.as('ends_at'))
        .orderBy('starts_at', 'desc')
        .executeTakeFirst(),
    ]);
    return first && last && { from: first.starts_at.getTime(), to: last.ends_at.getTime() };
  }
}
