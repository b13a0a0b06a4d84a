import { createHash } from 'node:crypto';
import type { Row } from '@app/database';
import type { Case, Vote } from './case';

/** One in this many single-person decisions is looked at by a second person. */
export const SAMPLED_ONE_IN = 10;

/** What the rows of an incident hold together. */
export interface CaseRows {
  row: Row<'incidents'>;
  votes: readonly Row<'incident_votes'>[];
  /** Organisations of the reports merged into it, one each. */
  mergedOrganisations: readonly (string | null)[];
  /** Makes the sample of this deployment another than that of any other. */
  samplingKey: string;
}

export function toCase({ row, votes, mergedOrganisations, samplingKey }: CaseRows): Case {
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    round: row.round,
    outcome: row.outcome,
    reasonCode: row.reason_code,
    code: row.code,
    severity: row.severity,
    reportedSeverity: row.reported_severity,
    severityBy: row.severity_by,
    hasNote: row.note !== null && row.note.trim() !== '',
    reporterId: row.reporter_id,
    organisations: [row.reporter_organisation, ...mergedOrganisations].filter((name) => name !== null),
    stationId: row.station_id,
    regionId: row.region_id,
    range: { from: row.from_at.getTime(), to: row.to_at.getTime() },
    lease: row.holder_id !== null && row.held_until ? { holderId: row.holder_id, until: row.held_until.getTime() } : null,
    returnTo: row.return_to,
    answerDue: row.answer_due?.getTime() ?? null,
    mergedInto: row.merged_into,
    hasMerged: mergedOrganisations.length > 0,
    votes: votes.map(toVote),
    reopenAskedBy: row.reopen_asked_by,
    quarantine: row.quarantine,
    quarantineBy: row.quarantine_by,
    liftAskedBy: row.lift_asked_by,
    escalated: row.escalated,
    publication: row.publication,
    isSampled: isSampled(samplingKey, row.id, row.round),
  };
}

/** The same incident is drawn whenever it is asked, and nobody without the key can say which ones are. */
export function isSampled(samplingKey: string, incidentId: string, round: number): boolean {
  const drawn = createHash('sha256').update(`${samplingKey} ${incidentId} ${round}`).digest().readUInt32BE(0);
  return drawn % SAMPLED_ONE_IN === 0;
}

function toVote(row: Row<'incident_votes'>): Vote {
  return {
    round: row.round,
    stage: row.stage,
    voterId: row.voter_id,
    isChair: row.is_chair,
    outcome: row.outcome,
    reasonCode: row.reason_code,
    reason: row.reason,
  };
}

/** Columns of an incident that may be written. */
export type CaseColumns = Partial<Omit<Row<'incidents'>, 'of_count'>>;

/** The columns that a move of the rules changes. */
export function columnsOf(incident: Case): CaseColumns {
  const { lease, answerDue } = incident;
  return {
    state: incident.state,
    version: incident.version,
    round: incident.round,
    outcome: incident.outcome,
    reason_code: incident.reasonCode,
    code: incident.code,
    severity: incident.severity,
    reported_severity: incident.reportedSeverity,
    severity_by: incident.severityBy,
    ...(incident.regionId !== null && { region_id: incident.regionId }),
    holder_id: lease?.holderId ?? null,
    held_until: lease ? new Date(lease.until) : null,
    return_to: incident.returnTo,
    answer_due: answerDue === null ? null : new Date(answerDue),
    merged_into: incident.mergedInto,
    reopen_asked_by: incident.reopenAskedBy,
    quarantine: incident.quarantine,
    quarantine_by: incident.quarantineBy,
    lift_asked_by: incident.liftAskedBy,
    escalated: incident.escalated,
    publication: incident.publication,
  };
}

/** What a version freezes. */
export function factsOf(row: Row<'incidents'>): Record<string, unknown> {
  return {
    state: row.state,
    outcome: row.outcome,
    reasonCode: row.reason_code,
    code: row.code,
    severity: row.severity,
    note: row.note,
    at: row.at.toISOString(),
    from: row.from_at.toISOString(),
    to: row.to_at.toISOString(),
    cameraId: row.camera_id,
    stationId: row.station_id,
    regionId: row.region_id,
    round: row.round,
    mergedInto: row.merged_into,
    quarantine: row.quarantine,
    escalated: row.escalated,
    publication: row.publication,
  };
}

/** What differs, by name. */
export function changesOf(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, { from: unknown; to: unknown }> {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, to]) => before[name] !== to)
      .map(([name, to]) => [name, { from: before[name], to }]),
  );
}
