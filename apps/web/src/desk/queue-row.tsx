import type { Incident } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { useCodeLabel } from '../api/incident-codes';
import { SeverityTag } from '../flags/severity';
import { clockIn, dayIn, delayText } from '../time/format';
import { t } from '../words';
import { clockWords } from './case-words';

interface Props {
  incident: Incident;
  /** Epoch ms by the server's clock. */
  now: number;
  mine: boolean;
  current: boolean;
}

/** One case of the queue: what, where, how long already, and who has it. */
export const QueueRow = ({ incident, now, mine, current }: Props) => {
  const { station, holder, dueClock, outcome } = incident;
  const at = Date.parse(incident.at);
  const label = useCodeLabel()(incident);
  const known = { number: incident.number, age: delayText(now - Date.parse(incident.clock.receivedAt)) };
  const state = t(`terms:states.${incident.state}`);
  return (
    <li>
      <Link
        to="/c/case/$id"
        params={{ id: incident.id }}
        className={`queue-row${current ? ' queue-row-current' : ''}`}
        data-testid="queue-row"
        data-incident-id={incident.id}
      >
        <span className="queue-what">
          <span className="queue-label" dir="auto" lang={label.lang}>
            {label.text}
          </span>
          <span className="small" dir="auto">
            <bdi className="code">{station.code}</bdi> {incident.camera.name}
            <span className="quiet">
              , {dayIn(at, station.timezone)} {clockIn(at, station.timezone)}
            </span>
          </span>
          <span className="small quiet">
            {incident.corroboration > 1
              ? t('desk:row.ageReported', { ...known, count: incident.corroboration })
              : t('desk:row.age', known)}
          </span>
        </span>
        <span className="queue-state small">
          <span>{outcome === null ? state : `${state}: ${t(`terms:outcomes.${outcome}`)}`}</span>
          {holder && (
            <span className="queue-holder">{mine ? t('desk:row.mine') : t('desk:row.held', { name: holder.name })}</span>
          )}
          {incident.flags.quarantine !== 'none' && <span className="queue-mark">{t('terms:quarantined')}</span>}
        </span>
        <span className="queue-end">
          <SeverityTag severity={incident.severity} />
          {dueClock && <DueText clock={dueClock} now={now} />}
        </span>
      </Link>
    </li>
  );
};

const DueText = ({ clock, now }: { clock: NonNullable<Incident['dueClock']>; now: number }) => {
  const { text, isOver } = clockWords(clock, now);
  return <span className={isOver ? 'small queue-over' : 'small quiet'}>{text}</span>;
};
