import { clockIn } from '../time/format';
import type { Cover } from '../station/cover-words';
import { causeWords } from './gap-words';
import type { Presence } from './sync';

/** What stands in place of a picture of the record where there is none: never another moment's picture. */
export const pastCover = (presence: Presence | undefined, timezone: string): Cover => {
  if (presence?.kind === 'nothing')
    return { kind: 'instead', title: 'Nothing on record', detail: 'This camera was not planned to record at this time.' };
  if (presence?.kind !== 'gap') return { kind: 'none' };
  const { from, to, cause } = presence.gap;
  return {
    kind: 'instead',
    title: `No recording ${clockIn(from, timezone)}–${clockIn(to, timezone)} (${causeWords(cause)})`,
    detail: `The picture goes on at ${clockIn(to, timezone)}.`,
  };
};
