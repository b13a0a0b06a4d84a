import { Inject, Injectable } from '@nestjs/common';
import { sql, type SqlBool } from 'kysely';
import { requirePermission } from '@app/access';
import type { Incident, IncidentQuery, Page } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { type Actor, personAt, readableBy, seenAs } from './cases/case-access';
import { notFound, readCase, type StoredCase } from './cases/case-store';
import { selectIncidents, toIncident } from './incident-view';
import { filtersOf } from './queue/incident-filters';
import { behind, cursorOf, type IncidentOrder, orderBy, positionOf } from './queue/incident-order';

/** A file of a clip, as its row describes it. */
export interface ClipFile {
  name: string;
  number: number;
  /** Names these very bytes for a cache. */
  etag: string;
}

/** Reading incidents: one's own and one's organisation's, or all of a place with `incident.read-all`. What may not be read does not exist. */
@Injectable()
export class IncidentQueries {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Newest first, or what is due first. @throws InvalidFields for a cursor that is not ours */
  async list(actor: Actor, query: IncidentQuery): Promise<Page<Incident>> {
    requirePermission(actor, 'incident.read-all', 'incident.read-own');
    const now = this.clock.nowMs();
    const order = await this.orderOf(query);
    const readable = readableBy(actor, await this.organisationOf(actor));
    const conditions = sql.join([readable, ...filtersOf(query, actor.user.id, now)], sql` and `);
    const position = query.cursor === undefined ? undefined : positionOf(query.cursor, [order, 'clock', 'count-first']);
    const after = position ? sql<SqlBool>`${conditions} and ${behind(position)}` : conditions;
    const [page, total] = await Promise.all([
      sql<{ id: string }>`select incidents.id from incidents where ${after}
        order by ${orderBy[position?.order ?? order]} limit ${query.limit + 1}`.execute(this.db),
      sql<{ total: number }>`select count(*) as total from incidents where ${conditions}`.execute(this.db),
    ]);
    const ids = page.rows.slice(0, query.limit).map((row) => row.id);
    const rows = await this.inOrder(ids);
    const last = rows.at(-1);
    const nextCursor =
      page.rows.length > query.limit && last
        ? cursorOf({
            order: position?.order ?? order,
            number: last.number,
            ofCount: last.of_count,
            due: last.due_at?.toISOString() ?? 'infinity',
          })
        : null;
    // Reporters are told what is done, not who does it.
    const isStaff = actor.permissions.includes('incident.read-all');
    const items = rows.map((row) => toIncident(row, now)).map((item) => (isStaff ? item : { ...item, holder: null }));
    return { items, nextCursor, total: total.rows[0]?.total ?? 0 };
  }

  /** The stored clip or still of an incident. @throws DomainError `incident.not-found`, `media.not-found` */
  async file(actor: Actor, id: string, kind: 'clip' | 'still'): Promise<ClipFile> {
    const { row } = await this.readable(actor, id);
    const clip = await this.db.selectFrom('incident_clips').selectAll().where('incident_id', '=', id).executeTakeFirstOrThrow();
    const name = kind === 'clip' ? clip.clip_file : clip.still_file;
    if (clip.state !== 'ready' || name === null) throw new DomainError('media.not-found', `This incident has no ${kind} (yet).`);
    return { name, number: row.number, etag: `${kind}-${clip.sha256}` };
  }

  private async readable(actor: Actor, id: string): Promise<StoredCase> {
    requirePermission(actor, 'incident.read-all', 'incident.read-own');
    const stored = await readCase(this.db, id);
    if (!stored) throw notFound();
    seenAs(await personAt(this.db, actor, stored.row), stored.incident, stored.row.reporter_organisation);
    return stored;
  }

  /** While votes are counted, the queue begins with what happens there. */
  private async orderOf({ sort }: IncidentQuery): Promise<IncidentOrder> {
    if (sort !== 'clock') return 'newest';
    const now = this.clock.now();
    const counting = await this.db
      .selectFrom('elections')
      .select('id')
      .where('closes_at', '<=', now)
      .where('count_ends_at', '>', now)
      .executeTakeFirst();
    return counting ? 'count-first' : 'clock';
  }

  private async organisationOf(actor: Actor): Promise<string | null> {
    if (actor.permissions.includes('incident.read-all')) return null;
    const user = await this.db.selectFrom('users').select('organisation').where('id', '=', actor.user.id).executeTakeFirst();
    return user?.organisation ?? null;
  }

  private async inOrder(ids: readonly string[]) {
    if (ids.length === 0) return [];
    const rows = await selectIncidents(this.db)
      .where('incidents.id', 'in', [...ids])
      .execute();
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}
