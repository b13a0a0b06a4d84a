import type { Player } from '../player/snapshot';
import { placeOf } from '../player/moment';
import { usePlayerSnapshot } from '../player/use-live-player';
import { clockIn, delayText, momentIn } from '../time/format';
import { Icon } from '../station/icon';
import { t } from '../words';
import { Rich } from '../words/rich';

interface Props {
  player: Player | null;
  isPast: boolean;
  timezone: string;
  onLive: () => void;
}

/** Over everything that is not live: which moment is shown, and how far that is from now. */
export const BehindBand = ({ player, isPast, timezone, onLive }: Props) => {
  const { frameAt, delayMs } = usePlayerSnapshot(player);
  if (frameAt === null || delayMs === null) return null;
  if (!isPast && placeOf(delayMs).kind === 'live') return null;
  return (
    <section className="behind" aria-label={t('past:behind.heading')} data-testid="behind-live">
      <p className="behind-words">
        <strong data-testid="behind-words">{t('past:behind.by', { delay: delayText(delayMs) })}</strong>
        <span>
          <Rich
            text="past:behind.watching"
            values={{ time: clockIn(frameAt, timezone) }}
            components={{ time: <time dateTime={new Date(frameAt).toISOString()} title={momentIn(frameAt, timezone)} /> }}
          />
        </span>
      </p>
      <button type="button" className="button icon-label" onClick={onLive} data-testid="back-to-live">
        <Icon name="live" />
        {t('past:behind.toLive')}
      </button>
    </section>
  );
};
