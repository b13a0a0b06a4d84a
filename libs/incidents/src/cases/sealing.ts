import type { Case, Vote } from './case';
import type { Seen } from './case-access';

/**
 * Which findings somebody may see. Until B has given theirs, A's is seen by A alone: whoever else reads it could not
 * be B any more. Votes of a panel are seen by their own authors until it has decided. Reporters read the decision.
 */
export function mayBeSeen(vote: Vote, incident: Pick<Case, 'state' | 'round'>, readerId: string, seen: Seen): boolean {
  if (seen !== 'staff') return false;
  if (vote.voterId === readerId || vote.round < incident.round || vote.stage === 'scope') return true;
  switch (incident.state) {
    case 'decided':
    case 'closed':
      return true;
    case 'disputed':
      return vote.stage !== 'panel';
    default:
      return false;
  }
}
