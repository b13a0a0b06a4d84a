import type { ReactNode } from 'react';
import type { Player } from '../player/snapshot';
import { placeOf } from '../player/moment';
import { usePlayerSnapshot } from '../player/use-live-player';
import { clockIn, delayText, momentIn, offsetOf } from '../time/format';
import { Icon } from './icon';

interface Props {
  player: Player | null;
  timezone: string;
  several: boolean;
  sideBySide: boolean;
  onPlayPause: () => void;
  onBack: (seconds: number) => void;
  onLive: () => void;
  onMute: () => void;
  onSwap: () => void;
  onLayout: () => void;
  onFullScreen: () => void;
  children?: ReactNode;
}

/** What moment is on the screen, how far that is from now, and the ways to move. */
export const Transport = (props: Props) => {
  const { player, timezone, several, sideBySide, children } = props;
  const { state, frameAt, muted, windowMs, delayMs } = usePlayerSnapshot(player);
  const paused = state.kind === 'paused' || state.kind === 'needs-tap';
  const none = player === null || frameAt === null;
  const atLive = placeOf(delayMs).kind === 'live' && !paused;
  return (
    <section className="transport panel" aria-label="Playback">
      <div className="transport-moment">
        <p className="frame-clock" data-testid="frame-clock">
          {frameAt === null ? (
            <span className="quiet">--:--:--</span>
          ) : (
            <time dateTime={new Date(frameAt).toISOString()} title={momentIn(frameAt, timezone)}>
              {clockIn(frameAt, timezone)}
            </time>
          )}
        </p>
        <p className="small quiet">{frameAt === null ? 'No picture yet' : `station time, ${offsetOf(frameAt, timezone)}`}</p>
        <PlaceLine player={player} />
      </div>
      <div className="transport-buttons">
        <div className="button-group">
          <button
            type="button"
            className="button button-play"
            disabled={none}
            onClick={props.onPlayPause}
            title={paused ? 'Play' : 'Pause'}
          >
            <Icon name={paused ? 'play' : 'pause'} />
            <span className="visually-hidden">{paused ? 'Play' : 'Pause'}</span>
          </button>
          {[30, 10].map((seconds) => (
            <button
              key={seconds}
              type="button"
              className="button"
              disabled={none || windowMs < 1000}
              onClick={() => props.onBack(seconds)}
              data-testid={`back-${seconds}`}
            >
              <span aria-hidden="true">−{seconds} s</span>
              <span className="visually-hidden">Back {seconds} seconds</span>
            </button>
          ))}
          <button
            type="button"
            className={atLive ? 'button icon-label' : 'button button-primary icon-label'}
            disabled={player === null}
            onClick={props.onLive}
            data-testid="jump-live"
          >
            <Icon name="live" />
            Jump to live
          </button>
        </div>
        <div className="button-group">
          <button
            type="button"
            className="icon-button"
            disabled={none}
            onClick={props.onMute}
            aria-pressed={!muted}
            title="Sound"
          >
            <Icon name={muted ? 'muted' : 'sound'} />
            <span className="visually-hidden">Sound</span>
          </button>
          {several && (
            <>
              <button type="button" className="icon-button" onClick={props.onSwap} title="Swap cameras">
                <Icon name="swap" />
                <span className="visually-hidden">Swap cameras</span>
              </button>
              <button
                type="button"
                className="icon-button layout-button"
                onClick={props.onLayout}
                aria-pressed={sideBySide}
                title="Side by side"
              >
                <Icon name="columns" />
                <span className="visually-hidden">Cameras side by side</span>
              </button>
            </>
          )}
          <button type="button" className="icon-button" onClick={props.onFullScreen} title="Full screen">
            <Icon name="full" />
            <span className="visually-hidden">Full screen</span>
          </button>
        </div>
        {children}
      </div>
    </section>
  );
};

/** How far from live, in words; a picture that jumped says so instead of pretending it did not. */
const PlaceLine = ({ player }: { player: Player | null }) => {
  const { delayMs, state, skippedSeconds } = usePlayerSnapshot(player);
  const place = placeOf(delayMs);
  const paused = state.kind === 'paused';
  const behind = place.kind === 'behind' || (paused && place.kind === 'live');
  return (
    <>
      <p className={behind ? 'place place-behind' : 'place'} data-testid="live-delay">
        {place.kind === 'unknown' && <span className="quiet">Delay not known yet</span>}
        {place.kind !== 'unknown' &&
          (behind ? `You are ${delayText(place.delayMs)} behind live` : `Live, ${delayText(place.delayMs)} delay`)}
      </p>
      <p className="visually-hidden" role="status">
        {behind ? 'You are behind live.' : ''}
      </p>
      {skippedSeconds !== null && (
        <p className="place-skipped small" role="status">
          {skippedSeconds} s without a picture were passed over.
        </p>
      )}
    </>
  );
};
