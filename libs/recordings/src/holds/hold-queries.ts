import { Inject, Injectable } from '@nestjs/common';
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { hasAccess, reachOf, requireAccess, stationsWithin } from '@app/access';
import type { Hold, HoldBudget, HoldDetail, HoldQuery, Page } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { fromCursor, toCursor } from '@app/elections';
import { Clock, DomainError } from '@app/platform';
import { type Actor, placeOfHold } from './hold-access';
import { selectHolds, toHold } from './hold-view';

const HoldCursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Holds as those see them who make and release them. */
@Injectable()
export class HoldQueries {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws DomainError `access.denied`, `request.malformed` for a cursor that is not ours */
  async list(actor: Actor, query: HoldQuery): Promise<Page<Hold> & { budget: HoldBudget | null }> {
    const reach = [...reachOf(actor, 'hold.manage'), ...reachOf(actor, 'hold.release')];
    if (reach.length === 0) requireAccess(actor, 'hold.manage');
    const after = fromCursor(HoldCursor, query.cursor);
    const now = this.clock.now();
    const within = this.db
      .selectFrom('stations')
      .select('id')
      .where((eb) => stationsWithin(eb, reach));
    const matching = selectHolds(this.db)
      .where('stations.id', 'in', within)
      .where((eb) => eb.and(filters(query, now)));
    const behind = after && sql<SqlBool>`(holds.created_at, holds.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
    const [rows, { total }, budget] = await Promise.all([
      (behind ? matching.where(behind) : matching)
        .orderBy('holds.created_at', 'desc')
        .orderBy('holds.id', 'desc')
        .limit(query.limit + 1)
        .execute(),
      matching
        .clearSelect()
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow(),
      this.budget(),
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const nextCursor = rows.length > page.length && last ? toCursor([last.created_key, last.id]) : null;
    return { items: page.map((row) => toHold(row, now)), nextCursor, total, budget };
  }

  /** @throws DomainError `access.denied`, `hold.not-found` */
  async get(actor: Actor, id: string): Promise<HoldDetail> {
    const row = await selectHolds(this.db).where('holds.id', '=', id).executeTakeFirst();
    if (!row) throw new DomainError('hold.not-found', 'There is no such hold.');
    const place = await placeOfHold(this.db, row);
    if (!hasAccess(actor, 'hold.release', place)) requireAccess(actor, 'hold.manage', place);
    const events = await this.db
      .selectFrom('hold_events')
      .innerJoin('users', 'users.id', 'hold_events.actor_id')
      .select(['hold_events.id', 'type', 'actor_id', 'users.name', 'at', 'reason', 'expires_at'])
      .where('hold_id', '=', id)
      .orderBy('at')
      .orderBy('hold_events.id')
      .execute();
    return {
      ...toHold(row, this.clock.now()),
      events: events.map((event) => ({
        id: event.id,
        type: event.type,
        actor: { id: event.actor_id, name: event.name },
        at: event.at.toISOString(),
        reason: event.reason,
        expiresAt: event.expires_at?.toISOString() ?? null,
      })),
    };
  }

  /** What holds keep altogether, as it was last counted; null: not yet. */
  async budget(): Promise<HoldBudget | null> {
    const row = await this.db.selectFrom('hold_usage').selectAll().executeTakeFirst();
    if (!row) return null;
    return {
      usedBytes: row.used_bytes,
      limitBytes: row.limit_bytes,
      level: row.level,
      since: row.level_since.toISOString(),
      countedAt: row.counted_at.toISOString(),
    };
  }
}

const STATES = {
  released: () => sql<SqlBool>`holds.released_at is not null`,
  expired: (now: Date) => sql<SqlBool>`holds.released_at is null and holds.expires_at <= ${now}`,
  active: (now: Date) => sql<SqlBool>`holds.released_at is null and (holds.expires_at is null or holds.expires_at > ${now})`,
};

function filters({ state, release, station, camera, incident }: HoldQuery, now: Date) {
  return [
    ...(state ? [STATES[state](now)] : []),
    ...(release ? [sql<SqlBool>`holds.release_asked_at is not null and holds.released_at is null`] : []),
    ...(station === undefined ? [] : [sql<SqlBool>`stations.code = ${station}`]),
    ...(camera === undefined
      ? []
      : [
          sql<SqlBool>`(holds.camera_id = ${camera} or holds.station_id = (select station_id from cameras where id = ${camera}))`,
        ]),
    ...(incident === undefined ? [] : [sql<SqlBool>`holds.incident_id = ${incident}`]),
  ];
}
