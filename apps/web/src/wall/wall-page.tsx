import type { Session } from '@app/contracts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { StaffOnly } from '../account/staff-only';
import FlagTools from '../flags/flag-tools';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { keepWall, keptWall } from './kept-wall';
import { prefersStills } from './less-data';
import { useWallCameras } from './use-wall-cameras';
import { WallBar } from './wall-bar';
import { WallGrid } from './wall-grid';
import { WallKeysHelp } from './wall-keys-help';
import type { Shown } from './wall-tile';
import { nameOf, textOf, type WallView, wallViewOf, withCamera } from './wall-view';
import '../styles/station.css';
import '../styles/wall.css';

const FLAG = ['incident.flag'] as const;

/** Several cameras at once, for those who watch for hours. */
export const WallPage = () => (
  <StaffOnly anyOf={FLAG} title={t('wall:title')}>
    {(session) => <Wall session={session} />}
  </StaffOnly>
);

/** An address that says nothing is the wall of last time. */
const useView = (userId: string): [WallView, (change: { [K in keyof WallView]?: WallView[K] | undefined }) => void] => {
  const search = useSearch({ from: '/m/wall' });
  const navigate = useNavigate({ from: '/m/wall' });
  const [kept] = useState(() => keptWall(userId));
  const view = Object.keys(search).length > 0 ? search : kept;
  const change = (next: { [K in keyof WallView]?: WallView[K] | undefined }) => {
    const changed = wallViewOf({ size: 4, ...view, ...next });
    keepWall(userId, changed);
    void navigate({ to: '.', search: changed, replace: true, resetScroll: false });
  };
  useEffect(() => {
    if (Object.keys(search).length > 0) keepWall(userId, search);
  }, [search, userId]);
  return [view, change];
};

const Wall = ({ session }: { session: Session }) => {
  const [view, change] = useView(session.user.id);
  const size = view.size ?? 4;
  const stills = view.stills === undefined ? prefersStills() : view.stills === 'on';
  const { places, sets, isLoading, error, retry } = useWallCameras(view, size);
  const [wanted, setChosen] = useState(0);
  const [big, setBig] = useState(false);
  const [chipOpen, setChipOpen] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const chosen = Math.max(0, Math.min(wanted, places.length - 1));
  const place = places[chosen];
  const refs = places.map(({ ref }) => ref);
  const turn = (step: 1 | -1) => {
    if (sets === null) return;
    change({ set: ((view.set ?? 0) + step + sets) % sets });
    setChosen(0);
  };
  return (
    <div className="page wall station-flagging">
      <PageHeading title={t('wall:title')}>{t('wall:title')}</PageHeading>
      <WallBar
        view={view}
        size={size}
        stills={stills}
        sets={sets}
        onChange={change}
        onAdd={(camera) => change({ cams: textOf(withCamera(refs, camera, { chosen, size })) })}
        onSet={turn}
      />
      {isLoading && <Skeleton label={t('wall:loading')} count={size} className="skeleton-tile" />}
      {error && <ErrorNotice title={t('wall:failed')} error={error} onRetry={retry} />}
      {!isLoading && !error && places.length === 0 && <EmptyNotice title={t('wall:empty')} />}
      {places.length > 0 && (
        <div className="wall-stage">
          <div className="wall-main">
            <WallGrid
              places={places}
              size={size}
              stills={stills}
              chosen={chosen}
              big={big}
              chipOpen={chipOpen}
              onChoose={setChosen}
              onBig={setBig}
              onSet={turn}
              onShown={setShown}
            />
          </div>
          <div className="wall-side">
            {place?.kind === 'camera' && (
              <FlagTools session={session} station={place.station} camera={place.camera} player={shown} onChip={setChipOpen} />
            )}
            {place && (
              <p className="wall-tools">
                <span className="small" data-testid="wall-chosen">
                  {t('wall:chosen', { number: chosen + 1, camera: nameOf(place.ref) })}
                </span>
                <button type="button" className="button" aria-pressed={big} onClick={() => setBig(!big)}>
                  {big ? t('wall:smaller') : t('wall:enlarge')}
                </button>
                <Link to="/s/$code" params={{ code: place.ref.code }} search={{ cam: place.ref.position }} className="button">
                  {t('wall:openStation')}
                </Link>
                {view.cams !== undefined && places.length > 1 && (
                  <button
                    type="button"
                    className="button"
                    onClick={() => change({ cams: textOf(refs.filter((ref) => ref !== place.ref)) })}
                  >
                    {t('wall:remove')}
                  </button>
                )}
              </p>
            )}
          </div>
        </div>
      )}
      {stills && <p className="small quiet wall-note">{t('wall:stillsWords')}</p>}
      <WallKeysHelp />
    </div>
  );
};
