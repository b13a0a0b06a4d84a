import type { Player } from '../player/snapshot';
import { placeOf } from '../player/moment';
import { usePlayerSnapshot } from '../player/use-live-player';
import { clockIn, delayText, momentIn } from '../time/format';
import { Icon } from '../station/icon';

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
    <section className="behind" aria-label="Behind live" data-testid="behind-live">
      <p className="behind-words">
        <strong data-testid="behind-words">{delayText(delayMs)} behind live</strong>
        <span>
          You are watching{' '}
          <time dateTime={new Date(frameAt).toISOString()} title={momentIn(frameAt, timezone)}>
            {clockIn(frameAt, timezone)}
          </time>
        </span>
      </p>
      <button type="button" className="button icon-label" onClick={onLive} data-testid="back-to-live">
        <Icon name="live" />
        Jump to live
      </button>
    </section>
  );
};
