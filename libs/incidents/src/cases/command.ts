import type { Escalation, Outcome, Publication, Quarantine, Severity } from '@app/contracts';
import type { MergeTarget, Person, Span } from './case';

export interface FindingCommand {
  outcome: Outcome;
  reasonCode: string;
  reason: string;
  /** Exact range of what was found. */
  range: Span | null;
  evidence: readonly Span[];
}

/** What somebody asks for, with all that the rules need to know of it. */
export type Command =
  | { action: 'submit'; accredited: boolean; inScope: boolean }
  | { action: 'describe'; code?: string; severity?: Severity; hasNote?: boolean }
  | { action: 'withdraw'; reason: string }
  | { action: 'adopt'; reason: string }
  | { action: 'claim' }
  | { action: 'renew' }
  | { action: 'release' }
  | { action: 'hand-over'; recipient: Person; reason?: string }
  | { action: 'break'; reason: string }
  | { action: 'classify'; reason: string; code?: string; severity?: Severity }
  | { action: 'merge'; reason: string; target: MergeTarget | null; sameStory: boolean }
  | { action: 'unmerge'; reason: string }
  | { action: 'ask'; question: string; answerDue: number }
  | { action: 'answer'; text: string }
  | { action: 'resume' }
  | { action: 'route'; reason: string; regionId: string | null; code?: string; severity?: Severity }
  | ({ action: 'out-of-scope' } & FindingCommand)
  | ({ action: 'find' } & FindingCommand)
  | ({ action: 'second' } & FindingCommand)
  | ({ action: 'vote' } & FindingCommand)
  | { action: 'close'; reason: string; followUp: string; reference?: string }
  | { action: 'ask-reopen'; reason: string }
  | { action: 'reopen'; reason: string }
  | { action: 'quarantine'; reason: string; level: Exclude<Quarantine, 'none'> }
  | { action: 'lift-quarantine'; reason: string }
  | { action: 'escalate'; reason: string; level: Escalation }
  | { action: 'publish'; reason: string; level: Publication };

export type CommandOf<A extends Command['action']> = Extract<Command, { action: A }>;
