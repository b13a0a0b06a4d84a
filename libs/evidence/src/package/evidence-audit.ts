import { type AuditActor, type AuditEntry, AuditLog } from '@app/audit';
import type { Tx } from '@app/database';

/** Puts on the record of an incident what was done with its evidence, in the transaction of what was done. */
export async function auditEvidence(
  tx: Tx,
  incidentId: string,
  actor: AuditActor,
  entry: Pick<AuditEntry, 'action' | 'detail' | 'grant' | 'reason'>,
): Promise<void> {
  const place = await tx
    .selectFrom('incidents')
    .innerJoin('stations', 'stations.id', 'incidents.station_id')
    .select(['incidents.election_id', 'stations.region_id', 'stations.id as station_id'])
    .where('incidents.id', '=', incidentId)
    .executeTakeFirstOrThrow();
  await AuditLog.append(tx, {
    ...entry,
    electionId: place.election_id,
    regionId: place.region_id,
    stationId: place.station_id,
    actor,
    subject: { kind: 'incident', id: incidentId },
  });
}
