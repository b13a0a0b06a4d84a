import type { AuditEvent } from '@app/contracts';
import { csvLine } from '@app/platform';

/** A form of exported events: the text before them, each of them, between them, and after. */
export interface AuditForm {
  extension: 'csv' | 'json';
  head: string;
  one: (event: AuditEvent) => string;
  between: string;
  tail: string;
}

export const AUDIT_CSV_COLUMNS = [
  'election',
  'seq',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'grant_role',
  'grant_scope',
  'action',
  'subject_kind',
  'subject_id',
  'from',
  'to',
  'reason',
  'request_id',
  'detail',
  'previous_hash',
  'hash',
] as const;

export const AUDIT_CSV: AuditForm = {
  extension: 'csv',
  head: csvLine(AUDIT_CSV_COLUMNS),
  one: (event) =>
    csvLine([
      ...[event.electionId, event.seq, event.at, event.actor.kind, event.actor.id, event.actor.name],
      ...[event.grant?.role, event.grant?.scope, event.action, event.subject.kind, event.subject.id],
      ...[event.from, event.to, event.reason, event.requestId, JSON.stringify(event.detail), event.previousHash, event.hash],
    ]),
  between: '',
  tail: '',
};

export const AUDIT_JSON: AuditForm = {
  extension: 'json',
  head: '{"events":[\n',
  one: (event) => JSON.stringify(event),
  between: ',\n',
  tail: '\n]}\n',
};
