import { idsOfPeople, reachOf } from '@app/access';
import type { AuditFilter, AuditReach } from '@app/audit';
import type { AuditQuery } from '@app/contracts';
import type { Db } from '@app/database';
import type { Actor } from '../cases/case-access';

/** What of the log a search may find: what it asks for, within the reach of who asks. */
export async function auditFilterOf(db: Db, actor: Actor, query: Omit<AuditQuery, 'limit' | 'cursor'>): Promise<AuditFilter> {
  const [kind, id] = query.subject?.split(/:(.*)/s) ?? [];
  const within = reachOf(actor, 'audit.read').flatMap((scope): AuditReach[] => {
    if (scope.kind === 'all') return [];
    if (scope.kind === 'election') return [{ electionId: scope.electionId }];
    return [scope.kind === 'region' ? { regionIds: scope.regionIds } : { stationId: scope.stationId }];
  });
  return {
    ...(query.actor !== undefined && (await actorOf(db, query.actor))),
    ...(query.action !== undefined && { action: query.action }),
    ...(kind !== undefined && { subject: { kind, ...(id && { id }) } }),
    ...(query.incident !== undefined && { incident: query.incident }),
    ...(query.station !== undefined && { station: query.station }),
    ...(query.election !== undefined && { electionId: query.election }),
    ...(query.from !== undefined && { from: new Date(query.from) }),
    ...(query.to !== undefined && { to: new Date(query.to) }),
    ...(within.length > 0 && { within }),
  };
}

async function actorOf(db: Db, text: string): Promise<AuditFilter> {
  if (text === 'system' || text === 'public') return { actorKind: text };
  return { actorIds: await idsOfPeople(db, text) };
}
