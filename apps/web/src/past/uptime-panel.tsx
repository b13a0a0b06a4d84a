import { routes, type CameraUptime, type Station } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { urlOf } from '../api/call';
import { uptimeQuery } from '../api/queries';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { clockIn } from '../time/format';
import { t } from '../words';
import { causeSentence, lengthText, recordedText, uptimeText } from './uptime-words';

interface Props {
  station: Station;
  onGo: (at: number) => void;
}

const AT_ONCE = 8;

/** What anybody may hold the recorder to: how much of the day it has, and why the rest is missing. */
export const UptimePanel = ({ station, onGo }: Props) => {
  const uptime = useQuery(uptimeQuery(station.code));
  return (
    <section className="panel uptime" aria-labelledby="uptime-title" data-testid="uptime">
      <div className="uptime-head">
        <h2 id="uptime-title">{t('past:uptime.heading')}</h2>
        <a className="small" href={urlOf(routes.stationUptimeCsv, { params: { code: station.code } })} download>
          {t('past:uptime.csv')}
        </a>
      </div>
      {uptime.isPending && <Skeleton label={t('past:uptime.loading')} count={2} className="skeleton-line" />}
      {uptime.isError && !uptime.data && (
        <ErrorNotice title={t('past:uptime.failed')} error={uptime.error} onRetry={() => void uptime.refetch()} />
      )}
      <div className="uptime-cameras">
        {uptime.data?.cameras.map((camera) => (
          <CameraDay key={camera.cameraId} camera={camera} timezone={station.timezone} onGo={onGo} />
        ))}
      </div>
    </section>
  );
};

const CameraDay = ({ camera, timezone, onGo }: { camera: CameraUptime; timezone: string; onGo: (at: number) => void }) => {
  const [most, setMost] = useState(AT_ONCE);
  const newestFirst = [...camera.gaps].reverse();
  return (
    <div className="uptime-camera">
      <h3 dir="auto">{camera.name}</h3>
      <p className="uptime-figure">{uptimeText(camera)}</p>
      {camera.uptime !== null && <p className="small quiet">{recordedText(camera)}</p>}
      {newestFirst.length > 0 && (
        <ul className="uptime-gaps">
          {newestFirst.slice(0, most).map(({ from, to, cause }) => (
            <li key={`${from} ${cause}`}>
              <button type="button" className="day-entry day-entry-gap" onClick={() => onGo(Date.parse(from))}>
                <span className="day-entry-time">{spanText(from, to, timezone)}</span>
                {to !== null && <span className="quiet">{lengthText((Date.parse(to) - Date.parse(from)) / 1000)}</span>}
                <span>{causeSentence(cause)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {newestFirst.length > most && (
        <button type="button" className="link-button" onClick={() => setMost(Infinity)}>
          {t('past:uptime.showAll', { count: newestFirst.length })}
        </button>
      )}
    </div>
  );
};

/** From and to on the station's clock; once for what is over within its second. */
function spanText(from: string, to: string | null, timezone: string): string {
  const begins = clockIn(Date.parse(from), timezone);
  if (to === null) return t('past:uptime.spanNow', { from: begins });
  const ends = clockIn(Date.parse(to), timezone);
  return begins === ends ? begins : t('past:uptime.span', { from: begins, to: ends });
}
