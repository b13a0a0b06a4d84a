import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db, ofCamera, type Tx } from '@app/database';
import { plannedEnd, plannedOpening } from '@app/elections';
import { type TimeRange, TOLERANCE_MS } from '../recorded-segment';
import type { SwitchedOff } from './coverage';
import { gapCauseOf } from './gap-cause';
import type { LedgerFacts, Progress, RowStretch } from './ledger';
import type { GapRecord } from './uptime';

/** Rows may come late after the end of the day, from a recorder that was cut off. */
const SETTLES_MS = 86_400_000;

export interface DueCamera {
  cameraId: string;
  planned: TimeRange;
  enabled: boolean;
  /** What its state says is wrong with it. */
  reason: string | null;
}

export interface LedgerChange {
  cameraId: string;
  planned: TimeRange;
  /** Gaps that begin here or later are replaced. */
  from: number;
  gaps: readonly GapRecord[];
  progress: Progress;
}

const at = (ms: number): Date => new Date(ms);

/** Reads and writes for the ledger of gaps: each question is asked once for many cameras. */
@Injectable()
export class LedgerStore {
  constructor(@Inject(DB) private readonly db: Db) {}

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  /** Cameras whose planned day has begun, in the order of their ids. */
  async due(nowMs: number, after: string | undefined, limit: number): Promise<DueCamera[]> {
    const { rows } = await sql<{ id: string; opens: Date; ends: Date; enabled: boolean; reason: string | null }>`
      select cameras.id, ${plannedOpening} as opens, ${plannedEnd} as ends, cameras.enabled, camera_states.reason_code as reason
      from cameras join stations on stations.id = cameras.station_id join elections on elections.id = stations.election_id
        left join camera_states on camera_states.camera_id = cameras.id left join gap_progress on gap_progress.camera_id = cameras.id
      where ${plannedOpening} <= ${at(nowMs)}
        and (${plannedEnd} > ${at(nowMs - SETTLES_MS)} or gap_progress.covered_until is distinct from ${plannedEnd})
        and cameras.id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
      order by cameras.id limit ${limit}`.execute(this.db);
    return rows.map((row) => ({
      cameraId: row.id,
      planned: { from: row.opens.getTime(), to: row.ends.getTime() },
      enabled: row.enabled,
      reason: row.reason,
    }));
  }

  /**
   * Locks what is known of these cameras; those that another process works on are left out. A camera without anything known, or known by
   * another plan, begins anew.
   */
  async lock(tx: Tx, cameras: readonly DueCamera[]): Promise<Map<string, Progress>> {
    const ids = cameras.map(({ cameraId }) => cameraId);
    const [from, to] = [cameras.map(({ planned }) => at(planned.from)), cameras.map(({ planned }) => at(planned.to))];
    await sql`insert into gap_progress (camera_id, planned_from, planned_to, covered_until, media_sequence)
      select camera_id, planned_from, planned_to, planned_from, -1
      from unnest(${ids}::uuid[], ${from}::timestamptz[], ${to}::timestamptz[]) as due (camera_id, planned_from, planned_to)
      order by camera_id on conflict do nothing`.execute(tx);
    const rows = await tx
      .selectFrom('gap_progress')
      .selectAll()
      .where('camera_id', 'in', ids)
      .orderBy('camera_id')
      .forUpdate()
      .skipLocked()
      .execute();
    const planOf = new Map(cameras.map(({ cameraId, planned }) => [cameraId, planned]));
    const found = new Map<string, Progress>();
    const replanned: string[] = [];
    for (const row of rows) {
      const planned = planOf.get(row.camera_id);
      if (!planned) continue;
      const isSame = row.planned_from.getTime() === planned.from && row.planned_to.getTime() === planned.to;
      if (!isSame) replanned.push(row.camera_id);
      found.set(
        row.camera_id,
        isSame
          ? {
              coveredUntil: row.covered_until.getTime(),
              mediaSequence: row.media_sequence,
              recordedFrom: row.recorded_from?.getTime(),
              recordedTo: row.recorded_to?.getTime(),
            }
          : { coveredUntil: planned.from, mediaSequence: -1, recordedFrom: undefined, recordedTo: undefined },
      );
    }
    if (replanned.length > 0) await tx.deleteFrom('gaps').where('camera_id', 'in', replanned).execute();
    return found;
  }

  /** Rows newer than what was looked at; rows of one kind that follow each other come as one. Deleted footage is footage. */
  async rows(tx: Tx, known: ReadonlyMap<string, Progress>): Promise<Map<string, RowStretch[]>> {
    const { rows } = await sql<{ camera_id: string; from: Date; to: Date; cause: string | null; last: number }>`
      with told as (
        select camera_id, media_sequence, starts_at, starts_at + make_interval(secs => duration_ticks / 90000.0) as ends_at,
          case when kind = 'gap' then coalesce(gap_cause, 'unknown') end as cause
        from unnest(${[...known.keys()]}::uuid[], ${[...known.values()].map(({ mediaSequence }) => mediaSequence)}::bigint[])
          as known (camera, looked_at) join segments on ${ofCamera(sql.ref('camera'))} and media_sequence > looked_at
      ), marked as (
        select *, (cause is distinct from lag(cause) over sequence
          or coalesce(abs(extract(epoch from starts_at - lag(ends_at) over sequence)) * 1000 > ${TOLERANCE_MS}, true))::int as is_new
        from told window sequence as (partition by camera_id order by media_sequence)
      ), numbered as (select *, sum(is_new) over (partition by camera_id order by media_sequence) as stretch from marked)
      select camera_id, min(starts_at) as "from", max(ends_at) as "to", min(cause) as cause, max(media_sequence)::bigint as last
      from numbered group by camera_id, stretch order by camera_id, stretch`.execute(tx);
    const found = new Map<string, RowStretch[]>([...known.keys()].map((id) => [id, []]));
    for (const row of rows)
      found.get(row.camera_id)?.push({
        from: row.from.getTime(),
        to: row.to.getTime(),
        cause: row.cause === null ? null : gapCauseOf(row.cause),
        lastSequence: row.last,
      });
    return found;
  }

  /** Gaps that end after these times, and the one before them, in the order of time. */
  async gapsSince(tx: Tx, since: ReadonlyMap<string, number>): Promise<Map<string, GapRecord[]>> {
    const times = [...since.values()].map(at);
    const { rows } = await sql<{
      camera_id: string;
      from_at: Date;
      to_at: Date | null;
      cause: GapRecord['cause'];
      actor_id: string;
    }>`
      select gaps.* from unnest(${[...since.keys()]}::uuid[], ${times}::timestamptz[]) as since (camera, at)
      join lateral (
        select * from gaps where camera_id = camera and (to_at is null or to_at >= at)
        union all (select * from gaps where camera_id = camera and to_at < at order by from_at desc limit 1)
      ) as gaps on true order by camera_id, from_at`.execute(tx);
    const found = new Map<string, GapRecord[]>();
    for (const row of rows) {
      const gap = { from: row.from_at.getTime(), to: row.to_at?.getTime() ?? null, cause: row.cause, actorId: row.actor_id };
      found.set(row.camera_id, [...(found.get(row.camera_id) ?? []), gap]);
    }
    return found;
  }

  /** Why each run that lasted beyond these times ended, in the order of time. */
  async endings(tx: Tx, since: ReadonlyMap<string, number>): Promise<Map<string, LedgerFacts['endings'][number][]>> {
    const times = [...since.values()].map(at);
    const { rows } = await sql<{ camera_id: string; started_at: Date; end_reason: string }>`
      select camera_id, started_at, end_reason from unnest(${[...since.keys()]}::uuid[], ${times}::timestamptz[]) as since (camera, at)
      join runs on camera_id = camera and ended_at >= at - interval '1 minute' and end_reason is not null
      order by camera_id, started_at`.execute(tx);
    const found = new Map<string, LedgerFacts['endings'][number][]>();
    for (const row of rows) {
      const ending = { startedAt: row.started_at.getTime(), cause: gapCauseOf(row.end_reason) };
      found.set(row.camera_id, [...(found.get(row.camera_id) ?? []), ending]);
    }
    return found;
  }

  /** When each camera was switched off, and by whom. */
  async switchedOff(tx: Tx, cameras: readonly DueCamera[]): Promise<Map<string, SwitchedOff[]>> {
    const rows = await tx
      .selectFrom('camera_switches')
      .selectAll()
      .where(
        'camera_id',
        'in',
        cameras.map(({ cameraId }) => cameraId),
      )
      .orderBy('at')
      .execute();
    const found = new Map<string, SwitchedOff[]>();
    for (const { cameraId, enabled } of cameras) {
      const own = rows.filter((row) => row.camera_id === cameraId);
      const off = own.flatMap((row, index) => {
        if (row.enabled) return [];
        return [{ from: row.at.getTime(), to: own[index + 1]?.at.getTime() ?? Infinity, actorId: row.actor_id }];
      });
      // Off without a record of it: since before there were such records.
      if (own.length === 0 && !enabled) off.push({ from: -Infinity, to: Infinity, actorId: null });
      found.set(cameraId, off);
    }
    return found;
  }

  async write(tx: Tx, { cameraId, planned, from, gaps, progress }: LedgerChange): Promise<void> {
    let stale = tx.deleteFrom('gaps').where('camera_id', '=', cameraId).where('from_at', '>=', at(from));
    if (gaps.length > 0)
      stale = stale.where(
        'from_at',
        'not in',
        gaps.map((gap) => at(gap.from)),
      );
    await stale.execute();
    for (const gap of gaps) {
      const told = { to_at: gap.to === null ? null : at(gap.to), cause: gap.cause, actor_id: gap.actorId };
      await tx
        .insertInto('gaps')
        .values({ camera_id: cameraId, from_at: at(gap.from), ...told })
        .onConflict((conflict) => conflict.columns(['camera_id', 'from_at']).doUpdateSet(told))
        .execute();
    }
    await tx
      .updateTable('gap_progress')
      .set({
        planned_from: at(planned.from),
        planned_to: at(planned.to),
        covered_until: at(progress.coveredUntil),
        media_sequence: progress.mediaSequence,
        recorded_from: progress.recordedFrom === undefined ? null : at(progress.recordedFrom),
        recorded_to: progress.recordedTo === undefined ? null : at(progress.recordedTo),
      })
      .where('camera_id', '=', cameraId)
      .execute();
  }
}
