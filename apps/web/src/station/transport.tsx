import type { ReactNode } from 'react';
import type { Player } from '../player/snapshot';
import { placeOf } from '../player/moment';
import { usePlayerSnapshot } from '../player/use-live-player';
import { clockIn, delayText, momentIn, offsetOf } from '../time/format';
import { t } from '../words';
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
    <section className="transport panel" aria-label={t('station:playback')}>
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
        <p className="small quiet">
          {frameAt === null ? t('station:noPictureYet') : t('start:stationTime', { zone: offsetOf(frameAt, timezone) })}
        </p>
        <PlaceLine player={player} />
      </div>
      <div className="transport-buttons">
        <div className="button-group">
          <button
            type="button"
            className="button button-play"
            disabled={none}
            onClick={props.onPlayPause}
            title={paused ? t('station:play') : t('station:pause')}
          >
            <Icon name={paused ? 'play' : 'pause'} />
            <span className="visually-hidden">{paused ? t('station:play') : t('station:pause')}</span>
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
              <span aria-hidden="true">{t('station:backShort', { seconds })}</span>
              <span className="visually-hidden">{t('station:back', { seconds })}</span>
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
            {t('station:jumpToLive')}
          </button>
        </div>
        <div className="button-group">
          <button
            type="button"
            className="icon-button"
            disabled={none}
            onClick={props.onMute}
            aria-pressed={!muted}
            title={t('station:sound')}
          >
            <Icon name={muted ? 'muted' : 'sound'} />
            <span className="visually-hidden">{t('station:sound')}</span>
          </button>
          {several && (
            <>
              <button type="button" className="icon-button" onClick={props.onSwap} title={t('station:swap')}>
                <Icon name="swap" />
                <span className="visually-hidden">{t('station:swap')}</span>
              </button>
              <button
                type="button"
                className="icon-button layout-button"
                onClick={props.onLayout}
                aria-pressed={sideBySide}
                title={t('station:sideBySide')}
              >
                <Icon name="columns" />
                <span className="visually-hidden">{t('station:camerasSideBySide')}</span>
              </button>
            </>
          )}
          <button type="button" className="icon-button" onClick={props.onFullScreen} title={t('station:fullScreen')}>
            <Icon name="full" />
            <span className="visually-hidden">{t('station:fullScreen')}</span>
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
        {place.kind === 'unknown' && <span className="quiet">{t('station:delayUnknown')}</span>}
        {place.kind !== 'unknown' && t(behind ? 'station:behind' : 'station:live', { delay: delayText(place.delayMs) })}
      </p>
      <p className="visually-hidden" role="status">
        {behind ? t('station:behindSpoken') : ''}
      </p>
      {skippedSeconds !== null && (
        <p className="place-skipped small" role="status">
          {t('station:skipped', { seconds: skippedSeconds })}
        </p>
      )}
    </>
  );
};
