import type { Camera } from '@app/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PastPlayer } from '../past/past-player';
import { pastCover } from '../past/past-cover';
import { usePastSnapshot } from '../past/use-past';
import { useTile } from '../past/use-tile';
import type { LivePlayer } from '../player/live-player';
import { useLivePlayer, usePlayerSnapshot } from '../player/use-live-player';
import { useNow } from '../shell/now';
import { clockIn } from '../time/format';
import { t } from '../words';
import { cameraBadge, type Badge } from './camera-words';
import { coverOf } from './cover-words';
import { StateBadge } from './state-badge';
import { Cover } from './video-cover';

interface Props {
  camera: Camera;
  stationCode: string;
  timezone: string;
  main: boolean;
  /** Plays the record in place of what is live. */
  past: PastPlayer | null;
  onPlayer: (cameraId: string, player: LivePlayer | null) => void;
  onChoose: () => void;
}

/** A stalled picture is a reason to ask the server what it knows, sooner than at the next round. */
const ASK_WHY_MS = 4000;

/** One camera: its picture, what it is called, its state and, when there is no picture, why. */
export const CameraView = ({ camera, stationCode, timezone, main, past, onPlayer, onChoose }: Props) => {
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const [asked, setAsked] = useState(!prefersLessData());
  const enabled = useOnAir(camera) && asked && past === null;
  const tile = useTile(past, camera.id, video, still);
  const player = useLivePlayer(video, `/hls/${encodeURIComponent(camera.id)}/live.m3u8`, enabled);
  const { state, frameAt } = usePlayerSnapshot(tile ?? player);
  const shown = usePastSnapshot(past);
  const now = useNow();
  const badge = past ? recordingBadge() : cameraBadge(camera.state, now, timezone);
  const cover = past
    ? pastCover(shown?.presences.get(camera.id), timezone)
    : asked
      ? coverOf(state, camera.state, now, timezone)
      : { kind: 'play' as const };

  useEffect(() => onPlayer(camera.id, player), [camera.id, player, onPlayer]);
  useAskWhy(stationCode, enabled && (state.kind === 'waiting' || state.kind === 'rebuilding'));

  return (
    <figure className={main ? 'camera camera-main' : 'camera'} data-camera-id={camera.id}>
      <div className="camera-stage" id={main ? 'main-stage' : undefined}>
        <video
          ref={video}
          className="camera-video"
          aria-label={t('station:videoOf', { camera: camera.name, state: badge.label })}
          data-testid="camera-video"
          data-camera-id={camera.id}
          tabIndex={-1}
          muted
          playsInline
          disablePictureInPicture={false}
          data-shown-at={frameAt ?? undefined}
        />
        <canvas ref={still} className="camera-still" aria-hidden="true" hidden />
        <Cover cover={cover} cameraName={camera.name} onPlay={() => (asked ? player?.play() : setAsked(true))} />
        {frameAt !== null && (
          <span className="camera-clock" aria-hidden="true">
            {clockIn(frameAt, timezone)}
          </span>
        )}
        {!main && (
          <button type="button" className="camera-choose" onClick={onChoose}>
            <span className="visually-hidden">{t('station:makeMain', { camera: camera.name })}</span>
            <span className="camera-choose-hint" aria-hidden="true">
              {t('station:makeMainShort')}
            </span>
          </button>
        )}
      </div>
      <figcaption className="camera-caption">
        <span className="camera-name" dir="auto">
          {camera.name}
        </span>
        <StateBadge badge={badge} testId="camera-state" />
        {badge.reason !== null && <span className="camera-reason small quiet">{badge.reason}</span>}
      </figcaption>
    </figure>
  );
};

const recordingBadge = (): Badge => ({ tone: 'late', label: t('station:recording'), reason: null });

/** True from the first moment this camera had a picture on: a later silence is the player's to show. */
const useOnAir = ({ state }: Camera): boolean => {
  const has = state.state !== 'planned-off' && (state.lastFrameAt !== null || state.state === 'live' || state.state === 'late');
  const [seen, setSeen] = useState(has);
  if (has && !seen) setSeen(true);
  if (state.state === 'planned-off' && seen) setSeen(false);
  return seen;
};

const useAskWhy = (stationCode: string, stalled: boolean): void => {
  const client = useQueryClient();
  useEffect(() => {
    if (!stalled) return undefined;
    const ask = () => void client.invalidateQueries({ queryKey: ['station', stationCode] });
    const timer = window.setInterval(ask, ASK_WHY_MS);
    return () => window.clearInterval(timer);
  }, [client, stationCode, stalled]);
};

/** The viewer asked their browser to save data: nothing starts without a tap. */
const prefersLessData = (): boolean =>
  (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true;
