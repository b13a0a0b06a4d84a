import { useCallback, useEffect, useRef, useState } from 'react';
import { useKeyMode } from '../keys/use-keys';
import { isTyping } from '../keys/hotkeys';
import { hasPicture } from '../station/camera-words';
import { t } from '../words';
import { lookedAt, videosOf } from './budget';
import { useMedia, usePageVisible } from './use-media';
import { usePlaying, useVideoLimit } from './use-videos';
import type { WallPlace } from './use-wall-cameras';
import { useWallKeys } from './use-wall-keys';
import { moved } from './wall-keys';
import { nameOf, type WallSize } from './wall-view';
import { type Shown, WallTile } from './wall-tile';

interface Props {
  places: readonly WallPlace[];
  size: WallSize;
  stills: boolean;
  chosen: number;
  big: boolean;
  chipOpen: boolean;
  onChoose: (index: number) => void;
  onBig: (big: boolean) => void;
  onSet: (step: 1 | -1) => void;
  onShown: (shown: Shown | null) => void;
}

/** In a narrow window pictures are too small for video to add anything. */
const NARROW = '(max-width: 40rem)';
const PAIRS = '(max-width: 60rem)';

/** The tiles: arrows and digits choose one, Enter enlarges it, Escape goes back. */
export const WallGrid = ({ places, size, stills, chosen, big, chipOpen, onChoose, onBig, onSet, onShown }: Props) => {
  const grid = useRef<HTMLUListElement>(null);
  const shown = useRef(new Map<string, Shown>());
  const [keyMode] = useKeyMode();
  const [recent, setRecent] = useState<readonly string[]>([]);
  const narrow = useMedia(NARROW);
  const pairs = useMedia(PAIRS);
  const visible = usePageVisible();
  const most = useVideoLimit();
  const columns = big ? 1 : size === 4 || pairs ? 2 : 3;
  const current = places[chosen];
  const currentId = current?.kind === 'camera' ? current.camera.id : undefined;
  const inView = big ? places.slice(chosen, chosen + 1) : places;
  const playable = inView.flatMap((place) =>
    place.kind === 'camera' && hasPicture(place.camera.state) ? [place.camera.id] : [],
  );
  const limit = stills || !visible || (narrow && !big) ? 0 : most;
  const playing = usePlaying(videosOf({ tiles: playable, chosen: currentId, recent, limit }));

  if (currentId !== undefined && recent[0] !== currentId) setRecent(lookedAt(recent, currentId));

  const remember = useCallback((cameraId: string, next: Shown | null) => {
    if (next) shown.current.set(cameraId, next);
    else shown.current.delete(cameraId);
  }, []);
  useEffect(() => {
    onShown(currentId === undefined ? null : { frameNow: () => shown.current.get(currentId)?.frameNow() ?? null });
  }, [currentId, onShown]);

  const choose = (index: number) => {
    onChoose(index);
    // At once, so that the next key is for this tile. Where only the chosen one is shown it is not there yet.
    const tile = grid.current?.querySelector<HTMLElement>(`.tile-choose[data-index="${index}"]`);
    if (tile) return tile.focus();
    window.requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>('.tile-choose[tabindex="0"]')?.focus());
  };
  useWallKeys(
    (event) => {
      const onWall = event.target instanceof Node && grid.current?.contains(event.target) === true;
      return isTyping(event.target) ? null : { mode: keyMode, chipOpen, onWall };
    },
    (key) => {
      if (key.kind === 'move')
        choose(moved(chosen, key.direction, { count: places.length, columns: big ? places.length : columns }));
      else if (key.kind === 'tile' && key.index < places.length) choose(key.index);
      else if (key.kind === 'leave' && big) onBig(false);
      else if (key.kind === 'set') onSet(key.step);
      else return false;
      return true;
    },
  );

  return (
    <>
      <ul
        ref={grid}
        className={big ? 'wall-grid wall-big' : `wall-grid wall-${size}`}
        aria-label={t('wall:tiles')}
        data-testid="wall-grid"
        data-videos={playing.length}
      >
        {places.map((place, index) => {
          if (big && index !== chosen) return null;
          if (place.kind !== 'camera')
            return (
              <li key={nameOf(place.ref)} className="tile tile-empty" data-testid="wall-empty">
                <p className="tile-words">
                  {t(place.kind === 'loading' ? 'wall:tile.loading' : 'wall:tile.missing', { camera: nameOf(place.ref) })}
                </p>
              </li>
            );
          return (
            <WallTile
              key={place.camera.id}
              place={place}
              index={index}
              chosen={index === chosen}
              video={playing.includes(place.camera.id)}
              onShown={remember}
              onChoose={() => onChoose(index)}
              onEnlarge={() => onBig(!big)}
            />
          );
        })}
      </ul>
      {!stills && most < 4 && (
        <p className="small quiet" role="status">
          {t('wall:fewerVideos', { count: most })}
        </p>
      )}
    </>
  );
};
