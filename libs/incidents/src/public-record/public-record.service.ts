import { Inject, Injectable } from '@nestjs/common';
import { type Expression, sql } from 'kysely';
import { CONFIG, type Config } from '@app/config';
import type { PublicIncident, PublicIncidentPage, PublicIncidentsQuery, PublicRecordQuery, PublishedMark } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections, regionAndBelow, regionPaths } from '@app/elections';
import { DomainError, InvalidFields } from '@app/platform';
import type { RecordFacts, RecordForm } from './public-files';
import { toPublicIncident, toPublishedMark } from './public-incident';
import { isQuarantined, isShown, type PublicRow, selectDecided, selectPublicRows } from './public-rows';

const ROWS_AT_ONCE = 500;

/** A file of the record: what names its content, and the content, written while it is read. */
export interface RecordFile {
  /** Changes when anything in the file does. */
  tag: string;
  quarantined: number;
  lines: () => AsyncGenerator<string>;
}

interface Asked {
  election: { id: string; name: string };
  regions: string[] | undefined;
}

/** What everybody may know of decided incidents. Asks for no account, and knows no reporter. */
@Injectable()
export class PublicRecord {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The highest number first. @throws DomainError `election.not-found`, `region.not-found`; InvalidFields for a cursor that is not ours */
  async list(query: PublicIncidentsQuery): Promise<PublicIncidentPage> {
    const asked = await this.asked(query);
    const after = query.cursor === undefined ? undefined : numberOf(query.cursor);
    let page = selectPublicRows(this.db, asked.election.id, query, asked.regions);
    if (after !== undefined) page = page.where('incidents.number', '<', after);
    const [rows, { shown, quarantined }] = await Promise.all([
      page
        .orderBy('incidents.number', 'desc')
        .limit(query.limit + 1)
        .execute(),
      this.counts(query, asked),
    ]);
    const items = await this.toPublic(rows.slice(0, query.limit));
    const last = items.at(-1);
    return { items, nextCursor: rows.length > query.limit && last ? cursorOf(last.number) : null, total: shown, quarantined };
  }

  /** All of it, in the order of numbers. @throws as `list` */
  async file(query: PublicRecordQuery, form: RecordForm): Promise<RecordFile> {
    const asked = await this.asked(query);
    const { quarantined, tag } = await this.counts(query, asked);
    const facts: RecordFacts = { election: asked.election, quarantined, publicUrl: this.config.http.publicUrl ?? '' };
    return { tag, quarantined, lines: () => this.lines(query, asked, form, facts) };
  }

  /** Those of a station of the election of the day that touch the range, epoch ms, in the order of time. @throws DomainError `election.not-found` */
  async marks(stationCode: string, { from, to }: { from: number; to: number }): Promise<PublishedMark[]> {
    const { election } = await this.asked({});
    const rows = await selectPublicRows(this.db, election.id, { station: stationCode }, undefined)
      .where('incidents.from_at', '<', new Date(to))
      .where('incidents.to_at', '>', new Date(from))
      .orderBy('incidents.at')
      .orderBy('incidents.number')
      .execute();
    return (await this.toPublic(rows)).flatMap((incident) => toPublishedMark(incident) ?? []);
  }

  private async *lines(query: PublicRecordQuery, asked: Asked, form: RecordForm, facts: RecordFacts): AsyncGenerator<string> {
    yield form.head(facts);
    let after = 0;
    for (let isFirst = true; ; isFirst = false) {
      const rows = await selectPublicRows(this.db, asked.election.id, query, asked.regions)
        .where('incidents.number', '>', after)
        .orderBy('incidents.number')
        .limit(ROWS_AT_ONCE)
        .execute();
      const texts = (await this.toPublic(rows)).map((incident) => form.one(incident, facts));
      if (texts.length > 0) yield (isFirst ? '' : form.between) + texts.join(form.between);
      if (rows.length < ROWS_AT_ONCE) break;
      after = rows.at(-1)!.number;
    }
    yield form.tail;
  }

  private async asked(query: PublicRecordQuery): Promise<Asked> {
    const election = await this.election(query.election);
    if (query.region === undefined) return { election, regions: undefined };
    const regions = await regionAndBelow(this.db, election.id, query.region);
    if (regions.length === 0) throw new DomainError('region.not-found', 'There is no such region in this election.');
    return { election, regions };
  }

  private async election(id: string | undefined): Promise<{ id: string; name: string }> {
    if (id === undefined) {
      const { id: currentId, name } = await this.elections.current();
      return { id: currentId, name };
    }
    const found = await this.db.selectFrom('elections').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
    if (!found) throw new DomainError('election.not-found', 'There is no such election.');
    return found;
  }

  /** How many there are, and a name for exactly these as they are now. */
  private async counts(
    query: PublicRecordQuery,
    { election, regions }: Asked,
  ): Promise<{ shown: number; quarantined: number; tag: string }> {
    const { shown, quarantined, digest } = await selectDecided(this.db, election.id, query, regions)
      .select((eb) => [
        eb.fn
          .countAll<number>()
          .filterWhere(isShown as Expression<never>)
          .as('shown'),
        eb.fn
          .countAll<number>()
          .filterWhere(isQuarantined as Expression<never>)
          .as('quarantined'),
        sql<string>`md5(coalesce(string_agg(concat_ws('|', incidents.number, incidents.version, incidents.state, incidents.code,
          incidents.severity, incidents.quarantine, incidents.publication, incidents.corroboration, decisions.round, decisions.outcome,
          stations.name, stations.lat, stations.lon, cameras.name), ',' order by incidents.number), ''))`.as('digest'),
      ])
      .executeTakeFirstOrThrow();
    return { shown, quarantined, tag: digest };
  }

  private async toPublic(rows: readonly PublicRow[]): Promise<PublicIncident[]> {
    const paths = await regionPaths(
      this.db,
      rows.map((row) => row.station_region_id),
    );
    return rows.map((row) => toPublicIncident(row, paths.get(row.station_region_id) ?? []));
  }
}

function cursorOf(number: number): string {
  return Buffer.from(`p${number}`).toString('base64url');
}

function numberOf(cursor: string): number {
  const number = /^p(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (number === undefined) throw new InvalidFields([{ field: 'cursor', rule: 'is a cursor of this list' }]);
  return Number(number);
}
