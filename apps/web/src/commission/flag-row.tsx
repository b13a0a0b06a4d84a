import type { Incident } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { useCodeLabel } from '../api/incident-codes';
import { serverClock } from '../api/server-clock';
import { SeverityTag } from '../flags/severity';
import { clockIn, dayIn } from '../time/format';
import { t } from '../words';
import { clipWords } from './clip-words';

export const FlagRow = ({ incident, base, fresh }: { incident: Incident; base: '/c/flags' | '/m/flags'; fresh: boolean }) => {
  const at = Date.parse(incident.at);
  const { timezone } = incident.station;
  const label = useCodeLabel()(incident);
  const reporter = incident.reporter?.name ?? t('terms:bySystem');
  const today = dayIn(at, timezone) === dayIn(serverClock.now(), timezone);
  return (
    <li>
      <Link
        to={`${base}/$id`}
        params={{ id: incident.id }}
        search={base === '/c/flags' ? true : {}}
        resetScroll={false}
        className={`flag-row${fresh ? ' flag-row-fresh' : ''}${incident.state === 'withdrawn' ? ' flag-row-withdrawn' : ''}`}
        data-testid="flag-row"
        data-incident-id={incident.id}
      >
        <span className="flag-row-time">
          <time dateTime={incident.at}>{clockIn(at, timezone)}</time>
          {!today && <span className="small quiet">{dayIn(at, timezone)}</span>}
          <span className="small quiet">{t('terms:number', { number: incident.number })}</span>
        </span>
        <span className="flag-row-what">
          <span className="flag-row-label" dir="auto" lang={label.lang}>
            {label.text}
          </span>
          <span className="small" dir="auto">
            <bdi className="code">{incident.station.code}</bdi> {incident.camera.name}
          </span>
          {incident.note !== null && incident.note !== '' && (
            <span className="small quiet flag-row-note" dir="auto">
              {incident.note}
            </span>
          )}
          <span className="small quiet">
            {incident.state === 'withdrawn'
              ? t('commission:row.withdrawn', { reporter })
              : t('commission:row.clip', { reporter, clip: clipWords(incident.clip).short })}
          </span>
        </span>
        <span className="flag-row-end">
          <SeverityTag severity={incident.severity} />
          {fresh && <span className="fresh-tag">{t('commission:row.fresh')}</span>}
        </span>
      </Link>
    </li>
  );
};
