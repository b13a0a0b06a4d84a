import type { Grant } from '@app/contracts';
import { momentIn } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Rights of an account, newest first, those that are over too. */
export const GrantTable = ({ grants, onEnd }: { grants: readonly Grant[]; onEnd: ((grant: Grant) => void) | undefined }) => {
  if (grants.length === 0) return <p className="quiet">{t('admin:neverHad')}</p>;
  return (
    <div className="grants-frame">
      <table className="grants">
        <thead>
          <tr>
            <th scope="col">{t('admin:role')}</th>
            <th scope="col">{t('admin:where')}</th>
            <th scope="col">{t('admin:when')}</th>
            <th scope="col">{t('admin:why')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('admin:change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={grant.id} className={isOver(grant) ? 'grant-over' : undefined}>
              <td data-label={t('admin:role')}>{t(`terms:roles.${grant.role}`)}</td>
              <td data-label={t('admin:where')} dir="auto">
                {whereOf(grant)}
              </td>
              <td data-label={t('admin:when')}>{whenOf(grant)}</td>
              <td data-label={t('admin:why')} dir="auto">
                {[grant.reason, grant.endReason && t('admin:ended', { reason: grant.endReason })].filter(Boolean).join('; ')}
              </td>
              <td>
                {onEnd && !isOver(grant) && (
                  <button type="button" className="button" onClick={() => onEnd(grant)}>
                    <Rich
                      text="admin:end"
                      values={{ role: t(`terms:roles.${grant.role}`) }}
                      components={{ hidden: <span className="visually-hidden" /> }}
                    />
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

const whereOf = ({ scope: { kind }, scopeName }: Grant): string => {
  if (kind === 'all') return t('admin:everywhere');
  return scopeName === null ? t(`admin:gone.${kind}`) : t(`admin:places.${kind}`, { name: scopeName });
};

const whenOf = ({ validFrom, validTo }: Grant): string => {
  const from = momentIn(Date.parse(validFrom), ZONE);
  return validTo === null
    ? t('admin:untilEnded', { from })
    : t('admin:fromTo', { from, to: momentIn(Date.parse(validTo), ZONE) });
};
