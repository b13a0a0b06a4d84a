import { Inject, Injectable } from '@nestjs/common';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import { requireAccess } from '@app/access';
import type { Accreditation, AccreditationDetail, AccreditationQuery, Page } from '@app/contracts';
import { type Database, DB, type Db } from '@app/database';
import { Elections, fromCursor, regionPaths, toCursor } from '@app/elections';
import { Clock } from '@app/platform';
import { type AccreditationRow, isApproved, rowById } from './accreditation-rows';
import { documentsOf, eventsOf, questionsIn, toListed, toShared } from './accreditation-view';
import { type Decider, requireDecider, withinReach } from './deciders';
import { toWords } from './scopes';
import { possibleFor } from './transitions';

type Query = z.output<typeof AccreditationQuery>;
type Where = ExpressionBuilder<Database, 'accreditations'>;

/** What waits for a decision comes first, the most urgent on top; then what waits for an answer; then the newest decisions. */
const RANK = sql<number>`case state when 'submitted' then 0 when 'needs_info' then 1 else 2 end`;
const URGENCY = sql<number>`(extract(epoch from case when decided_at is null then due_at end) * 1000)::bigint`;
const AGE = sql<number>`coalesce(${URGENCY}, -(extract(epoch from decided_at) * 1000)::bigint)`;
const Cursor = z.tuple([z.number(), z.number(), z.uuid()]);

/** What deciders see. */
@Injectable()
export class AccreditationQueries {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `access.denied`, `election.not-found`, `request.malformed` for a cursor that is not ours */
  async list(session: Decider, query: Query): Promise<Page<Accreditation>> {
    requireAccess(session, 'accreditation.decide');
    const after = fromCursor(Cursor, query.cursor);
    const election = await this.elections.requireCurrent();
    const now = this.clock.now();
    const matching = this.db
      .selectFrom('accreditations')
      .where('election_id', '=', election.id)
      .where((eb) => eb.and([withinReach(eb, session), ...filters(eb, query, now)]));
    const page = after
      ? matching.where(sql<boolean>`(${RANK}, ${AGE}, id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`)
      : matching;
    const [rows, { total }] = await Promise.all([
      page
        .selectAll()
        .select((eb) => [
          RANK.as('rank'),
          AGE.as('age'),
          eb
            .selectFrom('accreditation_documents')
            .whereRef('accreditation_id', '=', 'accreditations.id')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .as('documents'),
        ])
        .orderBy('rank')
        .orderBy('age')
        .orderBy('id')
        .limit(query.limit + 1)
        .execute(),
      matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ]);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => toListed({ ...row, documents: row.documents ?? 0 }, now)),
      nextCursor: rows.length > query.limit && last ? toCursor([last.rank, last.age, last.id]) : null,
      total,
    };
  }

  /** @throws DomainError `access.denied`, `accreditation.not-found` */
  async get(session: Decider, id: string): Promise<AccreditationDetail> {
    const row = await rowById(this.db, id);
    requireDecider(session, row);
    const now = this.clock.now();
    const [files, events, paths, sameOrganisation] = await Promise.all([
      documentsOf(this.db, id),
      eventsOf(this.db, id),
      regionPaths(this.db, row.wished_regions),
      this.validOfOrganisation(row, now),
    ]);
    const scope = isApproved(row) ? await toWords(this.db, row) : null;
    return {
      ...toShared(row, now),
      documents: files.length,
      statement: row.statement,
      wishedRegions: row.wished_regions.map((region) => ({ id: region, path: (paths.get(region) ?? []).join(' / ') })),
      scope: scope?.scope ?? null,
      scopeWords: scope?.words ?? null,
      hasAccount: row.user_id !== null,
      files,
      questions: questionsIn(events),
      events: events.map(({ action, from_state, to_state, at, actor, reason }) => ({
        action,
        from: from_state,
        to: to_state,
        at: at.toISOString(),
        actor,
        reason,
      })),
      possible: possibleFor('decider', { state: row.state, validTo: row.valid_to }, now),
      sameOrganisation,
    };
  }

  private async validOfOrganisation(row: AccreditationRow, now: Date): Promise<number> {
    if (row.organisation_id === null) return 0;
    const { count } = await this.db
      .selectFrom('accreditations')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('election_id', '=', row.election_id)
      .where('organisation_id', '=', row.organisation_id)
      .where('state', '=', 'approved')
      .where('valid_to', '>', now)
      .executeTakeFirstOrThrow();
    return count;
  }
}

function filters(eb: Where, query: Query, now: Date) {
  const wanted = [];
  if (query.state !== undefined) wanted.push(stateIs(eb, query.state, now));
  if (query.kind !== undefined) wanted.push(eb('kind', '=', query.kind));
  // While an applicant is asked the clock stands, see `isOverdue`.
  if (query.overdue === '1')
    wanted.push(eb('decided_at', 'is', null), eb('due_at', '<', eb.fn.coalesce('asked_at', eb.val(now))));
  if (query.q !== undefined && query.q.trim() !== '') wanted.push(mentions(eb, query.q.trim()));
  return wanted;
}

function stateIs(eb: Where, state: NonNullable<Query['state']>, now: Date) {
  switch (state) {
    case 'open':
      return eb('state', 'in', ['submitted', 'needs_info']);
    case 'expired':
      return eb.and([eb('state', 'in', ['approved', 'suspended']), eb('valid_to', '<=', now)]);
    case 'approved':
    case 'suspended':
      return eb.and([eb('state', '=', state), eb('valid_to', '>', now)]);
    default:
      return eb('state', '=', state);
  }
}

/** The text in any of these; `%` and `_` mean themselves. */
function mentions(eb: Where, text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return eb.or((['name', 'email', 'organisation', 'number'] as const).map((column) => eb(column, 'ilike', pattern)));
}
