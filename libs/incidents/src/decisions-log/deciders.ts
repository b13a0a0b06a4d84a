import { sql } from 'kysely';
import type { Decider, LoggedDecision } from '@app/contracts';
import type { Db } from '@app/database';
import type { DecisionRow } from './decision-rows';

interface FindingRow {
  incident_id: string;
  round: number;
  voter_id: string;
  name: string;
  stage: Decider['stage'];
  outcome: Decider['outcome'];
  reason_code: string;
  reason: string;
  at: Date;
}

/** Decisions with the findings that they were made of, in the order of time. Findings of a decided round are sealed no more. */
export async function withDeciders(db: Db, rows: readonly DecisionRow[]): Promise<LoggedDecision[]> {
  if (rows.length === 0) return [];
  const { rows: findings } = await sql<FindingRow>`
    select votes.incident_id, votes.round, votes.voter_id, users.name, votes.stage, votes.outcome, votes.reason_code, votes.reason, votes.at
    from incident_votes as votes join users on users.id = votes.voter_id
    where (votes.incident_id, votes.round) in (
      select * from unnest(${rows.map((row) => row.incident_id)}::uuid[], ${rows.map((row) => row.round)}::integer[]))
    order by votes.at, votes.id`.execute(db);
  const byDecision = new Map<string, FindingRow[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    byDecision.set(key, [...(byDecision.get(key) ?? []), finding]);
  }
  return rows.map((row) => toLogged(row, byDecision.get(keyOf(row)) ?? []));
}

function keyOf({ incident_id, round }: Pick<DecisionRow, 'incident_id' | 'round'>): string {
  return `${incident_id} ${round}`;
}

function toLogged(row: DecisionRow, findings: readonly FindingRow[]): LoggedDecision {
  return {
    incidentId: row.incident_id,
    number: row.number,
    round: row.round,
    superseded: row.superseded,
    code: row.code,
    codeLabel: row.code_label,
    severity: row.severity,
    region: { id: row.region_id, name: row.region },
    station: { code: row.station_code, name: row.station_name, timezone: row.timezone },
    outcome: row.outcome,
    reasonCode: row.reason_code as LoggedDecision['reasonCode'],
    by: row.made_by,
    deciders: findings.map((finding) => ({
      id: finding.voter_id,
      name: finding.name,
      stage: finding.stage,
      outcome: finding.outcome,
      reasonCode: finding.reason_code as Decider['reasonCode'],
      reason: finding.reason,
      at: finding.at.toISOString(),
      dissents: finding.outcome !== row.outcome,
    })),
    receivedAt: row.received_at.toISOString(),
    at: row.at.toISOString(),
    due: row.due_at?.toISOString() ?? null,
    overdue: row.due_at !== null && row.at > row.due_at,
    sampled: row.sampled,
  };
}
