import type { PublicIncident } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { useCodeLabel } from '../api/incident-codes';
import { SeverityTag } from '../flags/severity';
import { momentIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import { decidedByWords, factsOf } from './record-words';

const DISSENT = { quiet: <span className="quiet" />, reason: <span dir="auto" /> };

/** One decision: what, where, when, and why. */
export const RecordRow = ({ incident }: { incident: PublicIncident }) => {
  const { station, camera, at } = incident;
  const label = useCodeLabel()(incident);
  return (
    <article className="record-row panel" aria-labelledby={`record-${incident.number}`}>
      <header>
        <p className={`record-outcome record-outcome-${incident.outcome}`}>{t(`terms:outcomes.${incident.outcome}`)}</p>
        <h2 id={`record-${incident.number}`} className="record-title" lang={label.lang} dir="auto">
          {label.text}
        </h2>
        <p className="record-tags">
          <SeverityTag severity={incident.severity} />
          <span className="quiet small">{t('record:codeAndNumber', { code: incident.code, number: incident.number })}</span>
        </p>
      </header>
      <p>
        <Link to="/s/$code" params={{ code: station.code }} search={camera && at !== null ? { cam: camera.position, t: at } : {}}>
          <bdi className="code">{station.code}</bdi> <span dir="auto">{station.name}</span>
          {camera && <span dir="auto">, {camera.name}</span>}
        </Link>
        {at !== null && (
          <>
            , <time dateTime={at}>{momentIn(Date.parse(at), station.timezone)}</time>
          </>
        )}
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
              <Rich text={`record:dissent.${outcome}`} values={{ reason }} components={DISSENT} />
            </li>
          ))}
        </ul>
      )}
      <p className="small quiet">
        <Rich
          text={`record:facts.${factsOf(incident)}`}
          values={{
            time: momentIn(Date.parse(incident.decidedAt), station.timezone),
            by: decidedByWords(incident),
            reported: t('record:reportedBy', { count: incident.corroboration }),
          }}
          components={{ time: <time dateTime={incident.decidedAt} /> }}
        />
      </p>
    </article>
  );
};
