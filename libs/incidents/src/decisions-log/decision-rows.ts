import { type RawBuilder, sql, type SqlBool } from 'kysely';
import { idsOfPeople } from '@app/access';
import type { DecisionsQuery, LoggedDecision } from '@app/contracts';
import type { Db } from '@app/database';

export type DecisionsFilter = Omit<DecisionsQuery, 'limit' | 'cursor'>;
type Condition = RawBuilder<SqlBool>;

/** Where a page of the log ended. */
export interface DecisionPosition {
  at: Date;
  incidentId: string;
  round: number;
}

export interface DecisionRow {
  incident_id: string;
  round: number;
  made_by: LoggedDecision['by'];
  outcome: LoggedDecision['outcome'];
  reason_code: string;
  at: Date;
  code: string;
  code_label: string;
  severity: LoggedDecision['severity'];
  region_id: string;
  region: string;
  received_at: Date;
  due_at: Date | null;
  sampled: boolean | null;
  number: number;
  superseded: boolean;
  station_code: string;
  station_name: string;
  timezone: string;
}

/** What the log is narrowed to. Looks at the decision alone, where the indexes are. */
export async function conditionsOf(db: Db, filter: DecisionsFilter): Promise<Condition[]> {
  const { outcome, code, region, decider, overdue, sampled } = filter;
  const wanted: Condition[] = [];
  if (outcome !== undefined) wanted.push(sql`decisions.outcome = ${outcome}`);
  if (code !== undefined) wanted.push(sql`decisions.code = ${code}`);
  if (region !== undefined) wanted.push(sql`decisions.region_id = any(array(${below(region)}))`);
  if (overdue === '1') wanted.push(sql`decisions.at > decisions.due_at`);
  if (overdue === '0') wanted.push(sql`coalesce(decisions.at <= decisions.due_at, true)`);
  if (sampled === '1') wanted.push(sql`decisions.sampled`);
  if (sampled === '0') wanted.push(sql`not decisions.sampled`);
  if (decider !== undefined) wanted.push(madeBy(await idsOfPeople(db, decider)));
  return wanted;
}

/** Newest first. @param readable what of `incidents` the reader may read */
export async function selectDecisions(
  db: Db,
  readable: Condition,
  conditions: readonly Condition[],
  limit: number,
  after?: DecisionPosition,
): Promise<DecisionRow[]> {
  const behind = after
    ? sql` and (decisions.at, decisions.incident_id, decisions.round) < (${after.at}, ${after.incidentId}::uuid, ${after.round}::integer)`
    : sql``;
  const { rows } = await sql<DecisionRow>`
    with page as (
      select decisions.*, incidents.number, decisions.round < incidents.round as superseded
      from incident_decisions as decisions join incidents on incidents.id = decisions.incident_id
      where ${sql.join([readable, ...conditions], sql` and `)}${behind}
      order by decisions.at desc, decisions.incident_id desc, decisions.round desc limit ${limit})
    select page.*, stations.code as station_code, stations.name as station_name, stations.timezone, regions.name as region,
      (select label from incident_codes where incident_codes.code = page.code order by version desc limit 1) as code_label
    from page join stations on stations.id = page.station_id join regions on regions.id = page.region_id
    order by page.at desc, page.incident_id desc, page.round desc`.execute(db);
  return rows;
}

function below(regionId: string) {
  return sql<string>`with recursive below as (
    select id from regions where id = ${regionId}
    union all select regions.id from regions join below on regions.parent_id = below.id) select id from below`;
}

function madeBy(people: readonly string[]): Condition {
  return sql`(decisions.incident_id, decisions.round) in (
    select votes.incident_id, votes.round from incident_votes as votes where votes.voter_id = any(${[...people]}::uuid[]))`;
}
