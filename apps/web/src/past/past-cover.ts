import { clockIn } from '../time/format';
import type { Cover } from '../station/cover-words';
import { t } from '../words';
import { causeWords } from './gap-words';
import type { Presence } from './sync';

/** What stands in place of a picture of the record where there is none: never another moment's picture. */
export const pastCover = (presence: Presence | undefined, timezone: string): Cover => {
  if (presence?.kind === 'nothing')
    return { kind: 'instead', title: t('past:cover.nothing'), detail: t('past:cover.notPlanned') };
  if (presence?.kind !== 'gap') return { kind: 'none' };
  const [from, to] = [clockIn(presence.gap.from, timezone), clockIn(presence.gap.to, timezone)];
  return {
    kind: 'instead',
    title: t('past:cover.gap', { from, to, cause: causeWords(presence.gap.cause) }),
    detail: t('past:cover.goesOn', { time: to }),
  };
};
