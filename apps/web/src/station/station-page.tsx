import type { Station } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useRef } from 'react';
import { ApiError } from '../api/call';
import { electionQuery, may, stationQuery, useSession } from '../api/queries';
import { KeySettings } from '../keys/key-settings';
import { DayPanel } from '../past/day-panel';
import { useMarkers } from '../past/use-markers';
import { UptimePanel } from '../past/uptime-panel';
import { usePast } from '../past/use-past';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { hourlyData } from '../time/format';
import { t } from '../words';
import { withWords } from '../words/load-words';
import { Rich } from '../words/rich';
import { stationBadge } from './camera-words';
import { Stage } from './stage';
import { StateBadge } from './state-badge';
import '../styles/station.css';

const FlagTools = lazy(() => withWords(import('../flags/flag-tools'), 'flags', 'terms'));
const SOON_MS = 5000;

/** One polling station, live. */
export const StationPage = () => {
  const { code } = useParams({ from: '/s/$code' });
  const station = useQuery({
    ...stationQuery(code),
    // A camera that is about to come is looked at more often.
    refetchInterval: ({ state }) =>
      state.data?.cameras.every((camera) => camera.state.state === 'live') === false ? SOON_MS : 15_000,
  });
  if (station.isPending)
    return (
      <div className="page station">
        <Skeleton label={t('station:loading')} className="skeleton-title" />
        <Skeleton label="" className="skeleton-video" />
      </div>
    );
  if (!station.data) return <Missing code={code} error={station.error} onRetry={() => void station.refetch()} />;
  return (
    <>
      {station.isError && <StaleNotice at={station.dataUpdatedAt} />}
      <StationView key={station.data.id} station={station.data} />
    </>
  );
};

const StationView = ({ station }: { station: Station }) => {
  const { data: session } = useSession();
  const { data: election } = useQuery(electionQuery);
  const { cam, t: moment } = useSearch({ from: '/s/$code' });
  const navigate = useNavigate();
  const badge = stationBadge(station);
  const canFlag = may(session, 'incident.flag');
  const bitrate = station.cameras.reduce((sum, { state }) => sum + (state.bitrate ?? 0), 0);
  const chosen = station.cameras.find(({ position }) => position === cam) ?? station.cameras[0];
  const timeField = useRef<HTMLInputElement>(null);
  const forgetMoment = useCallback(() => {
    if (moment === undefined) return;
    void navigate({
      to: '/s/$code',
      params: { code: station.code },
      search: cam === undefined ? {} : { cam },
      replace: true,
      resetScroll: false,
    });
  }, [navigate, station.code, cam, moment]);
  const past = usePast(station, moment === undefined ? null : Date.parse(moment), forgetMoment);
  const markers = useMarkers(session, station.code, past.published);
  return (
    <div className={canFlag ? 'page station station-flagging' : 'page station'}>
      <div className="station-head">
        <p className="eyebrow" dir="auto">
          <Link to="/r/$regionId" params={{ regionId: station.regionId }}>
            {station.regionPath.join(' · ')}
          </Link>
        </p>
        <PageHeading title={`${station.code} · ${badge.label} · ${station.name}`} className="station-title">
          <bdi className="code">{station.code}</bdi> <span dir="auto">{station.name}</span>
        </PageHeading>
        <p className="station-facts">
          <StateBadge badge={badge} />
          {station.address !== null && <span dir="auto">{station.address}</span>}
          {election && <span>{t(`start:phases.${election.phase}`)}</span>}
        </p>
      </div>
      {chosen ? (
        <Stage
          station={station}
          chosen={chosen}
          past={past}
          onTypeTime={() => timeField.current?.focus()}
          onChoose={(camera) =>
            void navigate({
              to: '/s/$code',
              params: { code: station.code },
              search: { cam: camera.position },
              replace: true,
              resetScroll: false,
            })
          }
          flagTools={(player) =>
            session && canFlag ? (
              <Suspense fallback={null}>
                <FlagTools session={session} station={station} camera={chosen} player={player} />
              </Suspense>
            ) : null
          }
        />
      ) : (
        <EmptyNotice title={t('station:noCamera')} />
      )}
      {chosen && <DayPanel station={station} chosen={chosen} past={past} markers={markers} timeField={timeField} />}
      {chosen && <UptimePanel station={station} onGo={past.goTo} />}
      <div className="station-notes">
        <section className="panel note">
          <h2>{t('station:whatYouSee')}</h2>
          <p>{t('station:explanation')}</p>
          {bitrate > 0 && (
            <p className="quiet">{t('station:dataUse', { count: station.cameras.length, amount: hourlyData(bitrate) })}</p>
          )}
        </section>
        <KeySettings canFlag={canFlag} />
      </div>
    </div>
  );
};

const Missing = ({ code, error, onRetry }: { code: string; error: unknown; onRetry: () => void }) => (
  <div className="narrow">
    <PageHeading title={t('station:notFound')}>
      <Rich text="station:named" values={{ code }} components={{ code: <bdi /> }} />
    </PageHeading>
    {error instanceof ApiError && error.status >= 400 && error.status < 500 ? (
      <EmptyNotice title={t('station:noSuch')}>
        <Link to="/" className="button">
          {t('station:findOne')}
        </Link>
      </EmptyNotice>
    ) : (
      <ErrorNotice title={t('station:failed')} error={error} onRetry={onRetry} />
    )}
  </div>
);
