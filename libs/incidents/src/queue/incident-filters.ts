import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { IncidentQuery } from '@app/contracts';

type Condition = RawBuilder<SqlBool>;
const HOUR_MS = 3_600_000;

/** What a list is narrowed to. Looks at `incidents` alone, so that counting needs no other table. */
export function filtersOf(query: IncidentQuery, userId: string, nowMs: number): Condition[] {
  const wanted: Condition[] = [];
  const now = new Date(nowMs);
  if (query.state !== undefined) wanted.push(sql`incidents.state = any(${query.state}::text[])`);
  if (query.station !== undefined)
    wanted.push(sql`incidents.station_id in (select stations.id from stations where stations.code = ${query.station})`);
  if (query.region !== undefined) wanted.push(sql`incidents.region_id = any(array(${regionAndBelow(query.region)}))`);
  if (query.code !== undefined) wanted.push(sql`incidents.code = ${query.code}`);
  if (query.severity !== undefined) wanted.push(sql`incidents.severity = ${query.severity}`);
  if (query.mine === '1') wanted.push(sql`incidents.reporter_id = ${userId}`);
  if (query.quarantine !== undefined)
    wanted.push(query.quarantine === '1' ? sql`incidents.quarantine <> 'none'` : sql`incidents.quarantine = 'none'`);
  if (query.claimed === 'me') wanted.push(sql`(incidents.holder_id = ${userId} and incidents.held_until > ${now})`);
  if (query.claimed === 'any') wanted.push(sql`(incidents.holder_id is not null and incidents.held_until > ${now})`);
  if (query.claimed === 'none') wanted.push(sql`(incidents.holder_id is null or incidents.held_until <= ${now})`);
  if (query.due === 'overdue') wanted.push(sql`coalesce(incidents.due_at, 'infinity') < ${now}`);
  if (query.due === 'hour') wanted.push(sql`coalesce(incidents.due_at, 'infinity') < ${new Date(nowMs + HOUR_MS)}`);
  if (query.q !== undefined && query.q.trim() !== '') wanted.push(mentions(query.q.trim()));
  return wanted;
}

function regionAndBelow(regionId: string) {
  return sql<string>`with recursive below as (
    select id from regions where id = ${regionId}
    union all select regions.id from regions join below on regions.parent_id = below.id) select id from below`;
}

/** The text in note, station or camera, or a number or code; `%` and `_` mean themselves. */
function mentions(text: string): Condition {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  const byNumber = number === undefined ? sql`` : sql` or incidents.number = ${Number(number)}`;
  return sql`(incidents.search_text like ${pattern} or incidents.code = ${text.toUpperCase()}${byNumber})`;
}
