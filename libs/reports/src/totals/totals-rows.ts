import type { ReportForm } from '@app/contracts';
import { NOT_OBSERVED } from '@app/contracts';
import type { Db } from '@app/database';
import { sql } from 'kysely';
import { type Reading, stationsRead } from './audience';
import type { RegionGroups } from './region-groups';

export interface Asked {
  electionId: string;
  form: ReportForm;
  groups: RegionGroups;
}

/** Group null: the whole. */
export interface CellRow {
  question: string;
  group_id: string | null;
  /** That there is an answer from. */
  stations: number;
  /** Those too where it was asked and could not be seen. */
  asked: number;
  answered: number;
  not_observed: number;
}
export interface ValueRow {
  question: string;
  group_id: string | null;
  value: string;
  count: number;
}
export interface MedianRow {
  question: string;
  group_id: string | null;
  number_median: number | null;
  time_median: string | null;
  sum: number | null;
}
export interface VisitRow {
  group_id: string;
  stations: number;
  observations: number;
}

/** The newest version of each filled form that is read: `newest`, with the region that its figures are told by. */
function newestOf(db: Db, reading: Reading, { electionId, form, groups }: Asked) {
  const [regionIds, groupIds] = [[...groups.groupOf.keys()], [...groups.groupOf.values()]];
  return sql`
    newest as (
      select distinct on (observations.id) observations.id, observations.station_id, placed.group_id, versions.answers
      from report_observations observations
      join (${stationsRead(db, reading, electionId)}) read on read.id = observations.station_id
      join (select unnest(${regionIds}::uuid[]) as region_id, unnest(${groupIds}::uuid[]) as group_id) placed
        on placed.region_id = read.region_id
      join report_observation_versions versions on versions.observation_id = observations.id
      where observations.election_id = ${electionId} and observations.form = ${form} and ${reading.ofObservations}
      order by observations.id, versions.version desc)`;
}

const ANSWERS = sql`newest cross join lateral jsonb_each_text(newest.answers) as answer (question, value)`;
const EACH_AND_ALL = sql`grouping sets ((answer.question), (answer.question, newest.group_id))`;

/** How many answered, in how many stations, and how many could not see it. */
export async function cellRows(db: Db, reading: Reading, asked: Asked): Promise<CellRow[]> {
  const { rows } = await sql<CellRow>`
    with ${newestOf(db, reading, asked)}
    select answer.question, newest.group_id,
      count(distinct newest.station_id) filter (where answer.value <> ${NOT_OBSERVED}) as stations,
      count(distinct newest.station_id) as asked,
      count(*) filter (where answer.value <> ${NOT_OBSERVED}) as answered,
      count(*) filter (where answer.value = ${NOT_OBSERVED}) as not_observed
    from ${ANSWERS} group by ${EACH_AND_ALL}`.execute(db);
  return rows;
}

/** How often each value was answered. @param questions codes of yes/no questions and choices */
export async function valueRows(db: Db, reading: Reading, asked: Asked, questions: readonly string[]): Promise<ValueRow[]> {
  const { rows } = await sql<ValueRow>`
    with ${newestOf(db, reading, asked)}
    select answer.question, newest.group_id, answer.value, count(*) as count
    from ${ANSWERS} where answer.question = any(${questions}::text[]) and answer.value <> ${NOT_OBSERVED}
    group by grouping sets ((answer.question, answer.value), (answer.question, answer.value, newest.group_id))`.execute(db);
  return rows;
}

/** Middle and sum. @param numbers codes of questions for numbers, `times`: for times of the day */
export async function medianRows(
  db: Db,
  reading: Reading,
  asked: Asked,
  { numbers, times }: { numbers: readonly string[]; times: readonly string[] },
): Promise<MedianRow[]> {
  const { rows } = await sql<MedianRow>`
    with ${newestOf(db, reading, asked)}
    select answer.question, newest.group_id,
      percentile_cont(0.5) within group (order by case when answer.question = any(${numbers}::text[]) then answer.value::float8 end) as number_median,
      percentile_disc(0.5) within group (order by case when answer.question = any(${times}::text[]) then answer.value end) as time_median,
      sum(case when answer.question = any(${numbers}::text[]) then answer.value::bigint end)::float8 as sum
    from ${ANSWERS} where answer.question = any(${[...numbers, ...times]}::text[]) and answer.value <> ${NOT_OBSERVED}
    group by ${EACH_AND_ALL}`.execute(db);
  return rows;
}

/** Stations with at least one filled form of the kind. */
export async function visitRows(db: Db, reading: Reading, asked: Asked): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    with ${newestOf(db, reading, asked)}
    select group_id, count(distinct station_id) as stations, count(*) as observations from newest group by group_id`.execute(db);
  return rows;
}
