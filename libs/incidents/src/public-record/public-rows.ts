import { type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { PublicRecordQuery } from '@app/contracts';
import type { Database, Db } from '@app/database';

/** A decision stands on record from then on, also while somebody looks at it again. */
const LAST_ROUND = sql<number>`(select max(round) from incident_decisions as later where later.incident_id = incidents.id)`;

type Where = ExpressionBuilder<
  Database & { decisions: Database['incident_decisions'] },
  'incidents' | 'decisions' | 'stations' | 'cameras' | 'elections'
>;

/** Incidents with a decision that stands, of one election; merged ones speak through the one they were merged into. */
export function selectDecided(db: Db, electionId: string, filter: PublicRecordQuery, regions: readonly string[] | undefined) {
  return db
    .selectFrom('incidents')
    .innerJoin('incident_decisions as decisions', (join) =>
      join.onRef('decisions.incident_id', '=', 'incidents.id').on('decisions.round', '=', LAST_ROUND),
    )
    .innerJoin('stations', 'stations.id', 'incidents.station_id')
    .innerJoin('cameras', 'cameras.id', 'incidents.camera_id')
    .where('incidents.election_id', '=', electionId)
    .where('incidents.merged_into', 'is', null)
    .where('incidents.publication', '!=', 'none')
    .where((eb) => eb.and(conditions(eb as unknown as Where, filter, regions)));
}

function conditions(eb: Where, filter: PublicRecordQuery, regions: readonly string[] | undefined) {
  const wanted = [];
  if (regions !== undefined) wanted.push(regions.length === 0 ? eb.lit(false) : eb('stations.region_id', 'in', [...regions]));
  if (filter.station !== undefined) wanted.push(eb('stations.code', '=', filter.station));
  if (filter.code !== undefined) wanted.push(eb('incidents.code', '=', filter.code));
  if (filter.severity !== undefined) wanted.push(eb('incidents.severity', '=', filter.severity));
  if (filter.outcome !== undefined) wanted.push(eb('decisions.outcome', '=', filter.outcome));
  return wanted;
}

/** What everybody may see: quarantined ones are counted, and shown by none of the files. */
export const isShown = sql<SqlBool>`incidents.quarantine = 'none'`;
export const isQuarantined = sql<SqlBool>`incidents.quarantine <> 'none'`;

/** Everything that a row of the record is made of. */
export function selectPublicRows(db: Db, electionId: string, filter: PublicRecordQuery, regions: readonly string[] | undefined) {
  return selectDecided(db, electionId, filter, regions)
    .where(isShown)
    .select([
      'incidents.id',
      'incidents.number',
      'incidents.state',
      'incidents.code',
      'incidents.severity',
      'incidents.publication',
      'incidents.corroboration',
      'incidents.at',
      'incidents.from_at',
      'incidents.to_at',
      'incidents.camera_id',
      'decisions.round',
      'decisions.outcome',
      'decisions.reason_code',
      'decisions.made_by',
      'decisions.at as decided_at',
      'stations.code as station_code',
      'stations.name as station_name',
      'stations.region_id as station_region_id',
      'stations.lat',
      'stations.lon',
      'stations.timezone',
      'cameras.name as camera_name',
      'cameras.position as camera_position',
      sql<string>`(select label from incident_codes where incident_codes.code = incidents.code order by version desc limit 1)`.as(
        'code_label',
      ),
      sql<{ outcome: string; reason: string }[]>`(
        select coalesce(json_agg(json_build_object('outcome', votes.outcome, 'reason', votes.reason) order by votes.at, votes.id), '[]')
        from incident_votes as votes where votes.incident_id = incidents.id and votes.round = decisions.round)`.as('votes'),
    ]);
}

export type PublicRow = Awaited<ReturnType<ReturnType<typeof selectPublicRows>['executeTakeFirstOrThrow']>>;
