import type { IncidentDetail } from '@app/contracts';
import { momentIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import { factName, factText } from './fact-words';

/** Each version as it was frozen; the newest on top. */
export const CaseVersions = ({ incident: { versions, station } }: { incident: IncidentDetail }) => (
  <details className="panel case-versions">
    <summary>
      <h2>{t('desk:versions.heading', { number: versions.length })}</h2>
    </summary>
    <ol className="opinions">
      {[...versions].reverse().map(({ version, at, actor, action, facts }) => {
        const done = { version, event: t(`terms:events.${action}`) };
        return (
          <li key={version} className="opinion">
            <p>
              {actor === null ? (
                t('desk:versions.one', done)
              ) : (
                <Rich text="desk:versions.oneBy" values={{ ...done, actor }} components={{ quiet: <span className="quiet" /> }} />
              )}
            </p>
            <p className="small quiet">{momentIn(Date.parse(at), station.timezone)}</p>
            <dl className="version-facts small">
              {Object.entries(facts).map(([name, value]) => (
                <div key={name}>
                  <dt>{factName(name)}</dt>
                  <dd dir="auto">{factText(name, value, station.timezone)}</dd>
                </div>
              ))}
            </dl>
          </li>
        );
      })}
    </ol>
  </details>
);
