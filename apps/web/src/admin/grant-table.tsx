import type { Grant } from '@app/contracts';
import { momentIn } from '../time/format';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Rights of an account, newest first, those that are over too. */
export const GrantTable = ({ grants, onEnd }: { grants: readonly Grant[]; onEnd: ((grant: Grant) => void) | undefined }) => {
  if (grants.length === 0) return <p className="quiet">Never had a right.</p>;
  return (
    <div className="grants-frame">
      <table className="grants">
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Where</th>
            <th scope="col">When</th>
            <th scope="col">Why</th>
            <th scope="col">
              <span className="visually-hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={grant.id} className={isOver(grant) ? 'grant-over' : undefined}>
              <td>{grant.role}</td>
              <td>{whereOf(grant)}</td>
              <td>{whenOf(grant)}</td>
              <td>{[grant.reason, grant.endReason && `ended: ${grant.endReason}`].filter(Boolean).join('; ')}</td>
              <td>
                {onEnd && !isOver(grant) && (
                  <button type="button" className="button" onClick={() => onEnd(grant)}>
                    End<span className="visually-hidden"> {grant.role}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const isOver = ({ validTo }: Grant): boolean => validTo !== null && Date.parse(validTo) <= Date.now();

const whereOf = ({ scope, scopeName }: Grant): string =>
  scope.kind === 'all' ? 'everywhere' : `${scope.kind} ${scopeName ?? '(gone)'}`;

const whenOf = ({ validFrom, validTo }: Grant): string =>
  `${momentIn(Date.parse(validFrom), ZONE)} – ${validTo === null ? 'until ended' : momentIn(Date.parse(validTo), ZONE)}`;
