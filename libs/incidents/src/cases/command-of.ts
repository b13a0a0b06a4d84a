import type { CaseTransition, CaseAction, FlagChange, IncidentState } from '@app/contracts';
import type { MergeTarget, Span } from './case';
import type { Command, FindingCommand } from './command';

const DECIDING: Partial<Record<IncidentState, 'out-of-scope' | 'find' | 'second' | 'vote'>> = {
  triaging: 'out-of-scope',
  in_review: 'find',
  awaiting_second: 'second',
  disputed: 'vote',
};

/** What is meant by “to there” from a state. */
export function actionTo(to: CaseTransition['to'], from: IncidentState): CaseAction {
  switch (to) {
    case 'in_review':
      return from === 'decided' || from === 'closed' ? 'reopen' : 'route';
    case 'triaging':
      return from === 'merged' ? 'unmerge' : 'adopt';
    case 'decided':
      return DECIDING[from] ?? 'find';
    case 'merged':
      return 'merge';
    case 'needs_info':
      return 'ask';
    case 'closed':
      return 'close';
    case 'withdrawn':
      return 'withdraw';
  }
}

/** The command of a transition from a state. @param found what the command needs to know besides */
export function commandOf(
  body: CaseTransition,
  from: IncidentState,
  found: { target: MergeTarget | null; answerDue: number },
): Command {
  const action = actionTo(body.to, from);
  switch (body.to) {
    case 'in_review':
      if (action === 'reopen') return { action, reason: body.reason };
      return {
        action: 'route',
        reason: body.reason,
        regionId: body.regionId ?? null,
        ...(body.code !== undefined && { code: body.code }),
        ...(body.severity !== undefined && { severity: body.severity }),
      };
    case 'merged':
      return { action: 'merge', reason: body.reason, target: found.target, sameStory: body.sameStory };
    case 'needs_info':
      return { action: 'ask', question: body.question, answerDue: found.answerDue };
    case 'decided':
      return { action: DECIDING[from] ?? 'find', ...findingOf(body) };
    case 'closed':
      return {
        action: 'close',
        reason: body.reason,
        followUp: body.followUp,
        ...(body.reference !== undefined && { reference: body.reference }),
      };
    case 'withdrawn':
      return { action: 'withdraw', reason: body.reason };
    case 'triaging':
      return { action: from === 'merged' ? 'unmerge' : 'adopt', reason: body.reason };
  }
}

function findingOf(body: Extract<CaseTransition, { to: 'decided' }>): FindingCommand {
  const { outcome, reasonCode, reason, range, evidence } = body;
  return { outcome, reasonCode, reason, range: range ? spanOf(range) : null, evidence: evidence.map(spanOf) };
}

const spanOf = ({ from, to }: { from: string; to: string }): Span => ({ from: Date.parse(from), to: Date.parse(to) });

/** A quarantine of `none` is one that is lifted. */
export function flagCommandOf({ reason, quarantine, escalated, publication }: FlagChange): Command {
  if (quarantine === 'none') return { action: 'lift-quarantine', reason };
  if (quarantine !== undefined) return { action: 'quarantine', reason, level: quarantine };
  if (escalated !== undefined) return { action: 'escalate', reason, level: escalated };
  return { action: 'publish', reason, level: publication ?? 'none' };
}
