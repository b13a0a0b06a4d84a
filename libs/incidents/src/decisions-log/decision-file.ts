import type { LoggedDecision } from '@app/contracts';
import { csvLine } from '@app/platform';

export const DECISION_COLUMNS = [
  'number',
  'round',
  'superseded',
  'code',
  'code_label',
  'severity',
  'region',
  'station',
  'outcome',
  'reason_code',
  'decided_by',
  'deciders',
  'reasons',
  'dissent',
  'received_at',
  'decided_at',
  'minutes',
  'due_at',
  'overdue',
  'sampled',
] as const;

export const DECISIONS_HEAD = csvLine(DECISION_COLUMNS);

/** One line a decision, whatever is in its texts. */
export function decisionLine(decision: LoggedDecision): string {
  const agreed = decision.deciders.filter(({ dissents }) => !dissents);
  const others = decision.deciders.filter(({ dissents }) => dissents);
  const minutes = Math.round((Date.parse(decision.at) - Date.parse(decision.receivedAt)) / 60_000);
  return csvLine([
    ...[decision.number, decision.round, String(decision.superseded), decision.code, decision.codeLabel, decision.severity],
    ...[decision.region.name, decision.station.code, decision.outcome, decision.reasonCode, decision.by],
    decision.deciders.map(({ name, stage }) => `${name} (${stage})`).join(' | '),
    agreed.map(({ reason }) => reason).join(' | '),
    others.map(({ name, outcome, reason }) => `${name}, ${outcome}: ${reason}`).join(' | '),
    ...[decision.receivedAt, decision.at, minutes, decision.due, String(decision.overdue)],
    decision.sampled === null ? null : String(decision.sampled),
  ]);
}
