import { OUTCOMES, type Outcome, type PublicIncident } from '@app/contracts';
import { t } from '../words';

/** To be chosen from: each with its text. */
export const outcomeOptions = (): readonly (readonly [Outcome, string])[] =>
  OUTCOMES.map((outcome) => [outcome, t(`terms:outcomes.${outcome}`)] as const);

export const decidedByWords = ({ decidedBy, dissent }: Pick<PublicIncident, 'decidedBy' | 'dissent'>): string =>
  t(`record:decidedBy.${decidedBy === 'panel' && dissent.length > 0 ? 'dividedPanel' : decidedBy}`);

/** Which facts stand below a decision: a report of one organisation is not counted. */
export const factsOf = ({ corroboration, reopened }: Pick<PublicIncident, 'corroboration' | 'reopened'>) => {
  if (corroboration > 1) return reopened ? 'reportedAndReopened' : 'reported';
  return reopened ? 'reopened' : 'plain';
};

/** How many there are, and how many are not shown. */
export const countWords = (total: number, quarantined: number): string => {
  const shown = t('record:count', { count: total });
  return quarantined === 0 ? shown : t('record:withheld', { shown, count: quarantined });
};
