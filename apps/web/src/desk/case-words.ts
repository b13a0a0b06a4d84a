import type { CaseClock } from '@app/contracts';
import { delayText } from '../time/format';
import { t } from '../words';

/** `14 min left to claim`, `3 min over to decide`. `now`: epoch ms by the server's clock. */
export const clockWords = ({ kind, due, paused }: CaseClock, now: number): { text: string; isOver: boolean } => {
  if (paused) return { text: t(`desk:clock.${kind}.stopped`), isOver: false };
  const left = Date.parse(due) - now;
  const isOver = left < 0;
  return { text: t(`desk:clock.${kind}.${isOver ? 'over' : 'left'}`, { time: delayText(Math.abs(left)) }), isOver };
};
