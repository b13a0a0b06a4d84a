/** Who acted. `public`: somebody who was not signed in. */
export type AuditActor = { kind: 'user'; id: string } | { kind: 'system' } | { kind: 'public' };

export interface AuditSubject {
  kind: string;
  id: string;
}

/** What is hashed of an event: everything but its place in the chain. */
export interface AuditFacts {
  electionId: string;
  /** Of the server. */
  at: Date;
  actor: AuditActor;
  /** The grant that allowed it: role, and scope as `kind` or `kind:id`. */
  grant: { role: string; scope: string } | null;
  action: string;
  subject: AuditSubject;
  regionId: string | null;
  stationId: string | null;
  from: string | null;
  to: string | null;
  reason: string | null;
  requestId: string | null;
  detail: Record<string, unknown>;
}

/** An event in its chain. Hashes are 32 bytes. */
export interface ChainedEvent extends AuditFacts {
  seq: number;
  previousHash: Buffer;
  hash: Buffer;
}
