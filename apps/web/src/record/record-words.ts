import type { Outcome, PublicIncident } from '@app/contracts';

export const OUTCOME_WORDS: Record<Outcome, string> = {
  confirmed: 'Confirmed',
  not_confirmed: 'Not confirmed',
  inconclusive: 'Cannot be determined',
  out_of_scope: 'Outside competence',
};

const DECIDED_BY: Record<PublicIncident['decidedBy'], string> = {
  triage: 'decided at triage',
  one: 'decided by one reviewer',
  two: 'decided by two reviewers, each without knowing the other',
  panel: 'decided by a panel',
};

export const decidedByWords = ({ decidedBy, dissent }: Pick<PublicIncident, 'decidedBy' | 'dissent'>): string =>
  decidedBy === 'panel' && dissent.length > 0 ? `${DECIDED_BY.panel} with dissent` : DECIDED_BY[decidedBy];

/** How many there are, and how many are not shown. */
export const countWords = (total: number, quarantined: number): string => {
  const shown = `${total} ${total === 1 ? 'decision' : 'decisions'}`;
  if (quarantined === 0) return shown;
  return `${shown}; ${quarantined} more ${quarantined === 1 ? 'is' : 'are'} withheld for what the footage shows or where the report came from`;
};
