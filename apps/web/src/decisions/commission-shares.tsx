import type { Timeliness } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { t } from '../words';
import { timelinessQuery } from './decisions-query';

/** How each commission kept its clocks: what is missed, of how many. */
export const CommissionShares = () => {
  const { data = [] } = useQuery(timelinessQuery);
  if (data.length === 0) return null;
  return (
    <details className="panel share-panel">
      <summary>{t('desk:log.shares.title')}</summary>
      {/* Wide on a phone: it scrolls by itself, and by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="share-scroll" tabIndex={0} role="region" aria-label={t('desk:log.shares.title')}>
        <table className="share-table small">
          <thead>
            <tr>
              <th scope="col">{t('desk:log.region')}</th>
              <th scope="col">{t('desk:log.shares.incidents')}</th>
              <th scope="col">{t('desk:log.shares.claim')}</th>
              <th scope="col">{t('desk:log.shares.decision')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ regionId, region, incidents, claim, decision }) => (
              <tr key={regionId}>
                <th scope="row" dir="auto">
                  {region}
                </th>
                <td>{incidents}</td>
                <td>{shareText(claim)}</td>
                <td>{shareText(decision)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};

const shareText = ({ due, missed, share }: Timeliness['claim']): string =>
  share === null ? '—' : t('desk:log.shares.share', { percent: Math.round(share * 100), missed, due });
