/** Who did something, without a name: names of reporters leave the system never, those of deciders stand in the decision. */
export interface CaseActor {
  /** Null: the system itself. */
  id: string | null;
  part: 'reporter' | 'staff' | 'system';
}

export interface CaseVersion {
  number: number;
  at: string;
  actor: CaseActor;
  content: Record<string, unknown>;
}

export interface CaseEvent {
  at: string;
  type: string;
  actor: CaseActor;
  detail: Record<string, unknown>;
}

/** What one of those who decided found. */
export interface CaseFinding {
  by: { id: string; name: string };
  stage: string;
  at: string;
  outcome: string;
  reasonCode: string;
  reason: string;
}

/** What was decided, when, by how many and why; a later one replaces it and leaves it on record. */
export interface CaseDecision {
  round: number;
  at: string;
  madeBy: string;
  outcome: string;
  reasonCode: string;
  /** Dissent included. Those of a round that is not decided are sealed, and in no package. */
  findings: CaseFinding[];
  superseded: boolean;
}

export interface CaseCamera {
  id: string;
  name: string;
  /** Counted from 1 in the order of positions: what files are named by. */
  number: number;
  /** Its picture was flagged. */
  isFlagged: boolean;
}

/** All that a package tells about an incident besides its footage. Times are ISO 8601, UTC. */
export interface CaseFile {
  incident: {
    id: string;
    number: number;
    state: string;
    /** Null: not decided. */
    outcome: string | null;
    code: string;
    /** By language; English is always there. */
    codeLabels: { en: string } & Record<string, string>;
    severity: string;
    note: string | null;
    at: string;
    from: string;
    to: string;
    clock: { pressedAt: string; delayMs: number; receivedAt: string };
    version: number;
  };
  election: { id: string; name: string };
  station: { id: string; code: string; name: string; address: string | null; timezone: string; regions: string[] };
  cameras: CaseCamera[];
  versions: CaseVersion[];
  events: CaseEvent[];
  decisions: CaseDecision[];
}

/** One line of the record of who saw, changed or took what. */
export interface CustodyEntry {
  /** Its place in the chain of the election. */
  seq: number;
  at: string;
  action: string;
  actor: { kind: string; id: string | null };
  /** The grant that allowed it. */
  grant: { role: string; scope: string } | null;
  from: string | null;
  to: string | null;
  reason: string | null;
  detail: Record<string, unknown>;
  /** hex, of the event before it in the chain, and of this one. */
  previousHash: string;
  hash: string;
}

/** Where cases come from. */
export abstract class CaseFiles {
  /** Undefined: there is no such incident. */
  abstract read(incidentId: string): Promise<CaseFile | undefined>;
  /** Who had to do with the incident and its footage up to now, oldest first. */
  abstract custody(incidentId: string): Promise<CustodyEntry[]>;
}
