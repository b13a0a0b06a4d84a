import { useEffect, useRef } from 'react';
import { TILE_CONFIG } from '../player/config';
import type { Player } from '../player/snapshot';
import { useLivePlayer, usePlayerSnapshot } from '../player/use-live-player';
import { cameraBadge, hasPicture } from '../station/camera-words';
import { StateBadge } from '../station/state-badge';
import { useNow } from '../shell/now';
import { clockIn, delayText, sinceIn } from '../time/format';
import { t } from '../words';
import type { WallPlace } from './use-wall-cameras';
import { useWallStill } from './use-wall-still';

/** Tells when the frame that a tile shows was taken. */
export type Shown = Pick<Player, 'frameNow'>;

interface Props {
  place: Extract<WallPlace, { kind: 'camera' }>;
  index: number;
  chosen: boolean;
  /** Plays instead of showing a picture now and then. */
  video: boolean;
  onShown: (cameraId: string, shown: Shown | null) => void;
  onChoose: () => void;
  onEnlarge: () => void;
}

/** One camera of the wall: a picture that becomes a video, its state and since when. */
export const WallTile = ({ place: { station, camera }, index, chosen, video, onShown, onChoose, onEnlarge }: Props) => {
  const element = useRef<HTMLVideoElement>(null);
  const player = useLivePlayer(element, `/hls/${encodeURIComponent(camera.id)}/live.m3u8`, video, TILE_CONFIG);
  const { state, frameAt } = usePlayerSnapshot(player);
  const plays = video && frameAt !== null && state.kind !== 'rebuilding';
  const still = useWallStill(camera.id, hasPicture(camera.state) && !plays);
  const now = useNow();
  const badge = cameraBadge(camera.state, now, station.timezone);
  const at = plays ? frameAt : (still?.at ?? null);
  const pressed = useRef(false);

  useEffect(() => {
    // What is on the screen: the frame of the video, else that of the picture below it.
    onShown(camera.id, { frameNow: () => (plays ? (player?.frameNow() ?? null) : (still?.at ?? null)) });
    return () => onShown(camera.id, null);
  }, [camera.id, player, plays, still, onShown]);

  const name = t('wall:tile.name', { number: index + 1, station: station.code, camera: camera.name, state: badge.label });
  return (
    <li
      className={chosen ? 'tile tile-chosen' : 'tile'}
      data-testid="wall-tile"
      data-camera-id={camera.id}
      data-mode={plays ? 'video' : still ? 'still' : 'words'}
      data-shown-at={at ?? undefined}
    >
      <div className="tile-stage">
        {video && <video ref={element} muted playsInline tabIndex={-1} aria-hidden="true" className="tile-video" />}
        {!plays && still && <img src={still.url} alt="" className="tile-still" width="640" height="360" />}
        {!plays && !still && <p className="tile-words">{badge.reason ?? t('wall:tile.noPicture')}</p>}
        <span className="tile-number" aria-hidden="true">
          {index + 1}
        </span>
        {at !== null && (
          <span className="tile-clock" aria-hidden="true">
            {clockIn(at, station.timezone)}
            <span className="tile-kind">{plays ? t('wall:tile.video') : t('wall:tile.still')}</span>
          </span>
        )}
        <button
          type="button"
          className="tile-choose"
          data-index={index}
          aria-pressed={chosen}
          tabIndex={chosen ? 0 : -1}
          onFocus={onChoose}
          onPointerDown={() => (pressed.current = !chosen)}
          onClick={() => {
            // The first press chooses, the second one enlarges; by keyboard it is chosen already.
            if (!pressed.current) onEnlarge();
            pressed.current = false;
          }}
        >
          <span className="visually-hidden">
            {at === null ? name : t('wall:tile.behind', { name, delay: delayText(now - at) })}
          </span>
        </button>
      </div>
      <p className="tile-caption">
        <span className="tile-name" dir="auto">
          <bdi className="code">{station.code}</bdi> {camera.name}
        </span>
        <StateBadge badge={badge} testId="tile-state" />
        <span className="small quiet">
          {t('wall:tile.since', { time: sinceIn(Date.parse(camera.state.since), now, station.timezone) })}
        </span>
      </p>
    </li>
  );
};
