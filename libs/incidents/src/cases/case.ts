import type { Escalation, IncidentState, Outcome, Permission, Publication, Quarantine, Severity } from '@app/contracts';

/** Times are milliseconds since the epoch. */
export interface Span {
  from: number;
  to: number;
}

export interface Lease {
  holderId: string;
  until: number;
}

export type Stage = 'scope' | 'first' | 'second' | 'panel';

/** One person's finding. Never changed; a reopened case begins a new round. */
export interface Vote {
  round: number;
  stage: Stage;
  voterId: string;
  /** Of a member of the panel. */
  isChair: boolean;
  outcome: Outcome;
  reasonCode: string;
  reason: string;
}

/** What the rules know of an incident. State, outcome and flags are three different things. */
export interface Case {
  id: string;
  state: IncidentState;
  version: number;
  /** Goes up when it is reopened. */
  round: number;
  outcome: Outcome | null;
  reasonCode: string | null;
  code: string;
  severity: Severity;
  reportedSeverity: Severity;
  /** Who gave it the severity it has; null: its reporter. */
  severityBy: string | null;
  hasNote: boolean;
  /** Null: the system. */
  reporterId: string | null;
  /** Of the reporter at the flagged time, and of those whose reports were merged into this one. */
  organisations: readonly string[];
  stationId: string;
  /** Whose commission decides. */
  regionId: string | null;
  range: Span;
  lease: Lease | null;
  /** Where an open question came from. */
  returnTo: 'triaging' | 'in_review' | null;
  answerDue: number | null;
  mergedInto: string | null;
  hasMerged: boolean;
  votes: readonly Vote[];
  reopenAskedBy: string | null;
  quarantine: Quarantine;
  quarantineBy: string | null;
  liftAskedBy: string | null;
  escalated: Escalation;
  publication: Publication;
  /** Drawn for a second look although one person could decide it. */
  isSampled: boolean;
}

export type CaseActor =
  | { kind: 'system' }
  | {
      kind: 'user';
      id: string;
      /** At the place of the incident. */
      permissions: readonly Permission[];
      organisation: string | null;
      /** The polling station whose commission they sit on. */
      commissionStationId: string | null;
    };

export type Person = Extract<CaseActor, { kind: 'user' }>;

/** An incident that another is merged into. */
export interface MergeTarget {
  id: string;
  state: IncidentState;
  stationId: string;
  range: Span;
  organisations: readonly string[];
}
