import { Inject, Injectable } from '@nestjs/common';
import { type ExpressionBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { requirePermission } from '@app/access';
import type { Incident, IncidentDetail, IncidentEvent, IncidentQuery, Page } from '@app/contracts';
import { type Database, DB, type Db } from '@app/database';
import { DomainError, InvalidFields } from '@app/platform';
import type { Actor } from './flag.service';
import { selectIncidents, toIncident } from './incident-view';

type Query = z.infer<typeof IncidentQuery>;
type Joined = Database & { clips: Database['incident_clips'] };
type Where = ExpressionBuilder<Joined, 'incidents' | 'cameras' | 'stations' | 'clips'>;

/** A file of a clip, as its row describes it. */
export interface ClipFile {
  name: string;
  number: number;
  /** Names these very bytes for a cache. */
  etag: string;
}

/** Reading incidents: one's own, or all with `incident.read-all`. What may not be read does not exist. */
@Injectable()
export class IncidentQueries {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Newest first. @throws InvalidFields for a cursor that is not ours */
  async list(actor: Actor, query: Query): Promise<Page<Incident>> {
    requirePermission(actor, 'incident.read-all', 'incident.read-own');
    const matching = selectIncidents(this.db).where((eb) => eb.and([readable(eb, actor), ...filters(eb, query, actor)]));
    const after = query.cursor === undefined ? undefined : numberOf(query.cursor);
    const page = after === undefined ? matching : matching.where('incidents.number', '<', after);
    const [rows, { total }] = await Promise.all([
      page
        .orderBy('incidents.number', 'desc')
        .limit(query.limit + 1)
        .execute(),
      matching
        .clearSelect()
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow(),
    ]);
    const items = rows.slice(0, query.limit).map(toIncident);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > query.limit && last ? cursorOf(last.number) : null, total };
  }

  /** @throws DomainError `incident.not-found` */
  async get(actor: Actor, id: string): Promise<IncidentDetail> {
    const row = await this.readableRow(actor, id);
    const events = await this.db
      .selectFrom('incident_events')
      .leftJoin('users', 'users.id', 'incident_events.actor_id')
      .select([
        'incident_events.id',
        'incident_events.type',
        'users.name as actor',
        'incident_events.at',
        'incident_events.detail',
      ])
      .where('incident_id', '=', id)
      .orderBy('incident_events.at')
      .orderBy('incident_events.id')
      .execute();
    return {
      ...toIncident(row),
      events: events.map((event): z.infer<typeof IncidentEvent> => ({ ...event, at: event.at.toISOString() })),
    };
  }

  /** The stored clip or still of an incident. @throws DomainError `incident.not-found`, `media.not-found` */
  async file(actor: Actor, id: string, kind: 'clip' | 'still'): Promise<ClipFile> {
    const { number } = await this.readableRow(actor, id);
    const clip = await this.db.selectFrom('incident_clips').selectAll().where('incident_id', '=', id).executeTakeFirstOrThrow();
    const name = kind === 'clip' ? clip.clip_file : clip.still_file;
    if (clip.state !== 'ready' || name === null) throw new DomainError('media.not-found', `This incident has no ${kind} (yet).`);
    return { name, number, etag: `${kind}-${clip.sha256}` };
  }

  private async readableRow(actor: Actor, id: string) {
    requirePermission(actor, 'incident.read-all', 'incident.read-own');
    const row = await selectIncidents(this.db)
      .where((eb) => eb.and([eb('incidents.id', '=', id), readable(eb, actor)]))
      .executeTakeFirst();
    if (!row) throw new DomainError('incident.not-found', 'There is no such incident.');
    return row;
  }
}

function readable(eb: Where, actor: Actor) {
  return actor.permissions.includes('incident.read-all') ? eb.lit(true) : eb('incidents.reporter_id', '=', actor.user.id);
}

function filters(eb: Where, query: Query, actor: Actor) {
  const wanted = [];
  if (query.state !== undefined) wanted.push(eb('incidents.state', '=', query.state));
  if (query.station !== undefined) wanted.push(eb('stations.code', '=', query.station));
  if (query.region !== undefined) wanted.push(eb('stations.region_id', 'in', regionAndBelow(query.region)));
  if (query.code !== undefined) wanted.push(eb('incidents.code', '=', query.code));
  if (query.severity !== undefined) wanted.push(eb('incidents.severity', '=', query.severity));
  if (query.mine === '1') wanted.push(eb('incidents.reporter_id', '=', actor.user.id));
  if (query.q !== undefined && query.q.trim() !== '') wanted.push(mentions(eb, query.q.trim()));
  return wanted;
}

function regionAndBelow(regionId: string) {
  return sql<string>`(with recursive below as (
    select id from regions where id = ${regionId}
    union all select regions.id from regions join below on regions.parent_id = below.id) select id from below)`;
}

/** The text in number, note, code, station or camera; `%` and `_` mean themselves. */
function mentions(eb: Where, text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const columns = ['incidents.note', 'incidents.code', 'stations.code', 'stations.name', 'cameras.name'] as const;
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  return eb.or([
    ...columns.map((column) => eb(column, 'ilike', pattern)),
    ...(number === undefined ? [] : [eb('incidents.number', '=', Number(number))]),
  ]);
}

function cursorOf(number: number): string {
  return Buffer.from(`n${number}`).toString('base64url');
}

function numberOf(cursor: string): number {
  const number = /^n(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (number === undefined) throw new InvalidFields([{ field: 'cursor', rule: 'is a cursor of this list' }]);
  return Number(number);
}
