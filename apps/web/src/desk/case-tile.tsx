import { useRef } from 'react';
import { pastCover } from '../past/past-cover';
import type { PastPlayer } from '../past/past-player';
import type { Presence } from '../past/sync';
import { useTile } from '../past/use-tile';
import { usePlayerSnapshot } from '../player/use-live-player';
import { Cover } from '../station/video-cover';
import { t } from '../words';

interface Props {
  player: PastPlayer;
  camera: { id: string; name: string };
  presence: Presence | undefined;
  timezone: string;
  isFlagged: boolean;
}

/** One camera of the case at the moment that is shown; where it has no footage, why. */
export const CaseTile = ({ player, camera, presence, timezone, isFlagged }: Props) => {
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const tile = useTile(player, camera.id, video, still);
  const { frameAt } = usePlayerSnapshot(tile);
  return (
    <figure className={isFlagged ? 'case-tile case-tile-flagged' : 'case-tile'}>
      <div className="case-stage">
        <video ref={video} muted playsInline aria-label={camera.name} data-testid="case-video" data-camera-id={camera.id} />
        <canvas ref={still} hidden aria-hidden="true" />
        <Cover cover={pastCover(presence, timezone)} cameraName={camera.name} onPlay={() => player.play()} />
      </div>
      <figcaption>
        <span dir="auto">{camera.name}</span>
        {isFlagged && <span className="queue-mark small">{t('desk:player.flagged')}</span>}
        <span className="mono small quiet" data-testid="case-frame">
          {frameAt === null ? t('desk:player.noPicture') : new Date(frameAt).toISOString()}
        </span>
      </figcaption>
    </figure>
  );
};
