import type { IncidentDetail } from '@app/contracts';
import { momentIn } from '../time/format';
import { ACTION_WORDS } from './case-words';

/** Each version as it was frozen; the newest on top. */
export const CaseVersions = ({ incident: { versions, station } }: { incident: IncidentDetail }) => (
  <details className="panel case-versions">
    <summary>
      <h2>Versions ({versions.length})</h2>
    </summary>
    <ol className="opinions">
      {[...versions].reverse().map(({ version, at, actor, action, facts }) => (
        <li key={version} className="opinion">
          <p>
            {version}. {ACTION_WORDS[action]} <span className="quiet">{actor === null ? '' : `by ${actor}`}</span>
          </p>
          <p className="small quiet">{momentIn(Date.parse(at), station.timezone)}</p>
          <dl className="version-facts small">
            {Object.entries(facts).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd dir="auto">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  </details>
);
