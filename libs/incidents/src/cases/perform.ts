import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { AuditLog, bySystem, byUser, canonicalJson } from '@app/audit';
import type { HeldGrant } from '@app/access';
import type { CitedEvidence, Incident } from '@app/contracts';
import type { Row, Tx } from '@app/database';
import { DomainError } from '@app/platform';
import { writeOutbox } from '@app/realtime';
import { clockColumns } from '../clocks/clock-store';
import { recordEvent } from '../incident-events';
import { selectIncidents, toIncident } from '../incident-view';
import { type Applied, applyCommand } from './apply';
import type { Case, CaseActor, Span } from './case';
import { type CaseColumns, changesOf, columnsOf, factsOf } from './case-row';
import type { StoredCase } from './case-store';
import { auditActionOf, isSealed, wordsOf } from './case-words';
import type { Command } from './command';
import { corroborationOf, votesNow } from './rules';

export interface Performance {
  stored: StoredCase;
  actor: CaseActor;
  command: Command;
  now: number;
  played?: readonly Span[];
  evidence?: readonly CitedEvidence[];
  /** Columns that the rules do not look at. */
  columns?: CaseColumns;
  /** Names what the actor holds that let them, for the audit log. */
  grant?: (as: string) => HeldGrant | null;
  /** What was looked at; another version by now is refused. */
  version?: number;
}

/** Events keep the names that they had before there were cases. */
const EVENT_TYPES: Partial<Record<Command['action'], Row<'incident_events'>['type']>> = {
  submit: 'flagged',
  describe: 'described',
  withdraw: 'withdrawn',
};

/**
 * Does what the rules allow, in one transaction that holds the lock of the incident: row, version, finding,
 * decision, event, announcement and, last, audit event.
 * @throws DomainError the refusal of the rules, or `incident.stale`
 */
export async function perform(tx: Tx, performance: Performance): Promise<Incident> {
  const { stored, actor, command, now, played = [] } = performance;
  const applied = applyCommand({ incident: stored.incident, actor, command, now, played });
  if (!applied.ok && applied.code === 'access.denied') throw refused(applied);
  if (performance.version !== undefined && performance.version !== stored.row.version)
    throw new DomainError('incident.stale', 'The incident has changed since you looked at it.', { version: stored.row.version });
  if (!applied.ok) throw refused(applied);

  const after = await storeRow(tx, performance, applied);
  if (applied.vote) await storeVote(tx, performance, applied);
  if (applied.decided) await storeDecision(tx, applied.next, new Date(now));
  await recount(tx, stored.row, after);
  await writeDown(tx, performance, applied, after);
  const incident = toIncident(await selectIncidents(tx).where('incidents.id', '=', after.id).executeTakeFirstOrThrow(), now);
  if (command.action !== 'renew') await writeOutbox(tx, 'IncidentChanged', { incident });
  if (command.action !== 'renew') await audit(tx, performance, applied);
  return incident;
}

function refused({ code, message, details }: { code: DomainError['code']; message: string; details?: unknown }): DomainError {
  return new DomainError(code, message, details);
}

async function storeRow(tx: Tx, performance: Performance, { next }: Applied): Promise<Row<'incidents'>> {
  const { stored, now } = performance;
  const before = stored.row;
  const columns: CaseColumns = {
    // A claim was handed over only as long as it is held by whom it was handed to.
    ...(next.lease?.holderId !== before.holder_id && { handed_by: null, handed_at: null, handed_reason: null }),
    ...performance.columns,
  };
  const after = { ...before, ...columnsOf(next), ...columns };
  const clocks = await clockColumns(tx, before, after, now);
  await tx
    .updateTable('incidents')
    .set({ ...columnsOf(next), ...columns, ...clocks })
    .where('id', '=', before.id)
    .execute();
  return { ...after, ...clocks };
}

async function storeVote(tx: Tx, { evidence = [], now, command }: Performance, { next, vote }: Applied): Promise<void> {
  if (!vote) return;
  const salt = randomBytes(16);
  const { stage, voterId, isChair, outcome, reasonCode, reason, round } = vote;
  const range = 'range' in command ? command.range : null;
  await tx
    .insertInto('incident_votes')
    .values({
      id: randomUUID(),
      incident_id: next.id,
      round,
      stage,
      voter_id: voterId,
      is_chair: isChair,
      outcome,
      reason_code: reasonCode,
      reason,
      from_at: range && new Date(range.from),
      to_at: range && new Date(range.to),
      evidence: JSON.stringify(evidence),
      at: new Date(now),
      salt,
      commitment: createHash('sha256')
        .update(salt)
        .update(canonicalJson({ outcome, reasonCode, reason, range, evidence }))
        .digest(),
    })
    .execute();
}

async function storeDecision(tx: Tx, next: Case, at: Date): Promise<void> {
  const { outcome, reasonCode } = next;
  if (outcome === null || reasonCode === null) throw new Error('A decision without an outcome');
  await tx
    .insertInto('incident_decisions')
    .values({
      incident_id: next.id,
      round: next.round,
      made_by: madeBy(next),
      outcome,
      reason_code: reasonCode,
      at,
      sampled: next.isSampled,
    })
    .execute();
}

function madeBy(next: Case): Row<'incident_decisions'>['made_by'] {
  if (votesNow(next, 'panel').length > 0) return 'panel';
  if (votesNow(next, 'second').length > 0) return 'two';
  return votesNow(next, 'first').length > 0 ? 'one' : 'triage';
}

/** Corroboration of what it was merged into, or taken out of. */
async function recount(tx: Tx, before: Row<'incidents'>, after: Row<'incidents'>): Promise<void> {
  if (before.merged_into === after.merged_into) return;
  const target = after.merged_into ?? before.merged_into;
  if (target === null) return;
  const rows = await tx
    .selectFrom('incidents')
    .select('reporter_organisation')
    .where((eb) => eb.or([eb('id', '=', target), eb('merged_into', '=', target)]))
    .execute();
  const corroboration = corroborationOf(rows.map((row) => row.reporter_organisation));
  await tx.updateTable('incidents').set({ corroboration }).where('id', '=', target).execute();
  const incident = toIncident(await selectIncidents(tx).where('incidents.id', '=', target).executeTakeFirstOrThrow());
  await writeOutbox(tx, 'IncidentChanged', { incident });
}

async function writeDown(tx: Tx, performance: Performance, applied: Applied, after: Row<'incidents'>): Promise<void> {
  const { stored, actor, command, now } = performance;
  if (command.action === 'renew') return;
  const actorId = actor.kind === 'user' ? actor.id : null;
  const at = new Date(now);
  const facts = factsOf(after);
  if (after.version !== stored.row.version)
    await tx
      .insertInto('incident_versions')
      .values({
        incident_id: after.id,
        version: after.version,
        at,
        actor_id: actorId,
        action: command.action,
        facts: JSON.stringify(facts),
      })
      .execute();
  const { reason, detail } = wordsOf(command, stored.incident, applied);
  const changes = changesOf(factsOf(stored.row), facts);
  await recordEvent(tx, {
    incidentId: after.id,
    type: EVENT_TYPES[command.action] ?? command.action,
    actorId,
    at,
    detail: { version: after.version, ...(reason !== null && { reason }), ...detail, changes },
  });
}

/** Last of all, because it holds the chain of the election. */
async function audit(tx: Tx, { stored, actor, command, now, grant }: Performance, applied: Applied): Promise<void> {
  const { row } = stored;
  const { reason, detail } = wordsOf(command, stored.incident, applied);
  const commitment = applied.vote && isSealed(command.action, applied) ? await commitmentOf(tx, row.id, applied) : undefined;
  await AuditLog.append(tx, {
    electionId: row.election_id,
    regionId: row.region_id,
    stationId: row.station_id,
    actor: actor.kind === 'user' ? byUser(actor.id) : bySystem,
    grant: grant?.(applied.as) ?? null,
    action: auditActionOf(command.action),
    subject: { kind: 'incident', id: row.id },
    from: row.state,
    to: applied.next.state,
    reason,
    at: new Date(now),
    detail: { ...detail, version: applied.next.version, ...(commitment !== undefined && { sealed: commitment }) },
  });
}

async function commitmentOf(tx: Tx, incidentId: string, { vote }: Applied): Promise<string> {
  const { commitment } = await tx
    .selectFrom('incident_votes')
    .select('commitment')
    .where('incident_id', '=', incidentId)
    .where('round', '=', vote?.round ?? 0)
    .where('voter_id', '=', vote?.voterId ?? '')
    .executeTakeFirstOrThrow();
  return commitment.toString('hex');
}
