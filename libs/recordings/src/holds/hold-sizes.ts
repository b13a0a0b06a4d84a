import { sql } from 'kysely';
import { type Db, ofCamera } from '@app/database';

interface HeldRange {
  camera_id: string | null;
  station_id: string | null;
  from: Date;
  to: Date;
}

const TICKS = 90_000;
/** No segment is longer: with that a range leads to its segments, and the rest is never read. */
const LONGEST = sql.lit('1 minute');

const endsAt = sql`(segments.starts_at + make_interval(secs => segments.duration_ticks / ${sql.lit(TICKS)}.0))`;
const inForce = (now: Date) => sql`holds.released_at is null and (holds.expires_at is null or holds.expires_at > ${now})`;

/** What is on record of a range of a camera or of a station's cameras, bytes. */
export async function bytesOfRange(db: Db, { camera_id, station_id, from, to }: HeldRange): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select coalesce(sum(byte_length), 0)::bigint as bytes from cameras join segments on ${ofCamera(sql.ref('cameras.id'))}
    where (cameras.id = ${camera_id}::uuid or cameras.station_id = ${station_id}::uuid) and segments.chunk is not null
      and segments.starts_at < ${to} and segments.starts_at > ${from}::timestamptz - ${LONGEST}::interval and ${endsAt} > ${from}`.execute(
    db,
  );
  return rows[0]?.bytes ?? 0;
}

/**
 * Counts what these holds keep: those that were not counted yet, whose time goes on, or whose rows may still have been on their way.
 * The longer a range and the older it is, the less often: each hold is read some dozen times and then never again.
 * @returns how many were counted
 */
export async function countHolds(db: Db, now: Date, limit: number): Promise<number> {
  const { rows } = await sql<HeldRange & { id: string }>`
    select id, camera_id, station_id, from_at as "from", to_at as "to" from holds
    where ${inForce(now)} and holds.from_at < ${now} and (holds.bytes_at is null
      or (holds.bytes_at < holds.to_at + interval '1 day' and ${now}::timestamptz - holds.bytes_at >
        greatest(interval '1 minute', holds.bytes_at - holds.to_at, (least(${now}::timestamptz, holds.to_at) - holds.from_at) / 60)))
    order by holds.bytes_at nulls first limit ${limit}`.execute(db);
  for (const { id, ...range } of rows) {
    // Apart from each other: deleting waits for whoever writes to the table, and would wait for the counting.
    const bytes = await bytesOfRange(db, range);
    await db.updateTable('holds').set({ bytes, bytes_at: now }).where('id', '=', id).execute();
  }
  return rows.length;
}

/** What active holds cover of each camera, merged, and cut at whole hours. */
const wantedPieces = (now: Date) => sql`
  held as (
    select cameras.id as camera_id, tstzrange(holds.from_at, holds.to_at) as range
    from holds join cameras on cameras.id = holds.camera_id where ${inForce(now)}
    union all
    select cameras.id, tstzrange(holds.from_at, holds.to_at)
    from holds join cameras on cameras.station_id = holds.station_id where ${inForce(now)}),
  merged as (select camera_id, unnest(range_agg(range)) as range from held group by camera_id),
  wanted as (
    select camera_id, greatest(lower(range), hour) as from_at, least(upper(range), hour + interval '1 hour') as to_at,
      hour <= lower(range) as is_first
    from merged, generate_series(date_trunc('hour', lower(range), 'UTC'), upper(range), interval '1 hour') as hour
    where hour < upper(range) and hour < ${now}::timestamptz)`;

/**
 * What all active holds keep together, bytes; what several cover counts once. Only hours that are new, go on, or whose rows may
 * still have been on their way are read.
 */
export async function countHeldBytes(db: Db, now: Date): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    // One counter at a time: the others find everything counted.
    await sql`select pg_advisory_xact_lock(hashtext('held_pieces'))`.execute(tx);
    await sql`with ${wantedPieces(now)}
      delete from held_pieces where not exists (select 1 from wanted where (wanted.camera_id, wanted.from_at, wanted.to_at, wanted.is_first)
        = (held_pieces.camera_id, held_pieces.from_at, held_pieces.to_at, held_pieces.is_first))`.execute(tx);
    await sql`with ${wantedPieces(now)},
      due as (select wanted.* from wanted left join held_pieces using (camera_id, from_at, to_at, is_first)
        where held_pieces.counted_at is null or (held_pieces.counted_at < wanted.to_at + interval '1 day'
          and ${now}::timestamptz - held_pieces.counted_at > greatest(interval '1 minute', held_pieces.counted_at - wanted.to_at)))
      insert into held_pieces (camera_id, from_at, to_at, is_first, bytes, counted_at)
      select due.*, (select coalesce(sum(byte_length), 0) from segments
          where ${ofCamera(sql.ref('due.camera_id'))} and segments.chunk is not null and segments.starts_at < due.to_at
            and segments.starts_at > due.from_at - ${LONGEST}::interval
            and (segments.starts_at >= due.from_at or (due.is_first and ${endsAt} > due.from_at))), ${now}
      from due
      on conflict (camera_id, from_at, to_at, is_first) do update set bytes = excluded.bytes, counted_at = excluded.counted_at`.execute(
      tx,
    );
    const { rows } = await sql<{ bytes: number }>`select coalesce(sum(bytes), 0)::bigint as bytes from held_pieces`.execute(tx);
    return rows[0]?.bytes ?? 0;
  });
}
