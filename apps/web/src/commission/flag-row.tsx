import type { Incident } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { SeverityTag } from '../flags/severity';
import { serverClock } from '../api/server-clock';
import { clockIn, dayIn } from '../time/format';
import { clipWords } from './clip-words';

export const FlagRow = ({ incident, base, fresh }: { incident: Incident; base: '/c/flags' | '/m/flags'; fresh: boolean }) => {
  const at = Date.parse(incident.at);
  const { timezone } = incident.station;
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
          <span className="small quiet">no. {incident.number}</span>
        </span>
        <span className="flag-row-what">
          <span className="flag-row-label" dir="auto">
            {incident.codeLabel}
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
            {incident.reporter?.name ?? 'System'}
            {incident.state === 'withdrawn' ? ', withdrawn' : `, ${clipWords(incident.clip).short}`}
          </span>
        </span>
        <span className="flag-row-end">
          <SeverityTag severity={incident.severity} />
          {fresh && <span className="fresh-tag">New</span>}
        </span>
      </Link>
    </li>
  );
};
