import type { PublicIncident } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { SeverityTag } from '../flags/severity';
import { momentIn } from '../time/format';
import { decidedByWords, OUTCOME_WORDS } from './record-words';

/** One decision: what, where, when, and why. */
export const RecordRow = ({ incident }: { incident: PublicIncident }) => {
  const { station, camera, at } = incident;
  const moment = (iso: string) => <time dateTime={iso}>{momentIn(Date.parse(iso), station.timezone)}</time>;
  return (
    <article className="record-row panel" aria-labelledby={`record-${incident.number}`}>
      <header>
        <p className={`record-outcome record-outcome-${incident.outcome}`}>{OUTCOME_WORDS[incident.outcome]}</p>
        <h2 id={`record-${incident.number}`} className="record-title" dir="auto">
          {incident.codeLabel}
        </h2>
        <p className="record-tags">
          <SeverityTag severity={incident.severity} />
          <span className="quiet small">
            {incident.code}, no. {incident.number}
          </span>
        </p>
      </header>
      <p>
        <Link to="/s/$code" params={{ code: station.code }} search={camera && at !== null ? { cam: camera.position, t: at } : {}}>
          <bdi className="code">{station.code}</bdi> <span dir="auto">{station.name}</span>
          {camera && <span dir="auto">, {camera.name}</span>}
        </Link>
        {at !== null && <>, {moment(at)}</>}
      </p>
      {(incident.reasons.length > 0 || incident.dissent.length > 0) && (
        <ul className="record-reasons">
          {incident.reasons.map((reason, index) => (
            <li key={index} dir="auto">
              {reason}
            </li>
          ))}
          {incident.dissent.map(({ outcome, reason }, index) => (
            <li key={`dissent ${index}`}>
              <span className="quiet">Dissent ({OUTCOME_WORDS[outcome].toLowerCase()}): </span>
              <span dir="auto">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="small quiet">
        {moment(incident.decidedAt)}, {decidedByWords(incident)}
        {incident.corroboration > 1 && `; reported by ${incident.corroboration} organisations`}
        {incident.reopened && '. The decision is being looked at again.'}
      </p>
    </article>
  );
};
