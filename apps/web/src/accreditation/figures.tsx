import type { AccreditationStatistics } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { momentIn } from '../time/format';
import { statisticsQuery } from './api';
import { t } from '../words';
import { Rich } from '../words/rich';
import { hoursText } from './words';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the commission is measured by. */
export const Figures = () => {
  const statistics = useQuery(statisticsQuery);
  return (
    <section className="panel facts-panel" aria-labelledby="figures-heading">
      <h2 id="figures-heading">{t('accreditation:figures.title')}</h2>
      {statistics.isPending && <Skeleton label={t('accreditation:figures.loading')} count={3} className="skeleton-line" />}
      {statistics.isError && !statistics.data && (
        <ErrorNotice
          title={t('accreditation:figures.notLoaded')}
          error={statistics.error}
          onRetry={() => void statistics.refetch()}
        />
      )}
      {statistics.data && <Loaded statistics={statistics.data} />}
    </section>
  );
};

const COLUMNS = ['applications', 'waiting', 'overdue', 'approved', 'rejected', 'suspended', 'revoked', 'validNow'] as const;

const Loaded = ({ statistics }: { statistics: AccreditationStatistics }) => {
  const { hoursToDecide: hours, decisionDays, decidedLate, organisations, imported } = statistics;
  return (
    <>
      <p className="quiet small">
        <Rich
          text="accreditation:figures.at"
          values={{ election: statistics.election, at: momentIn(Date.parse(statistics.at), ZONE) }}
          components={{ name: <span dir="auto" /> }}
        />
      </p>
      <p>
        {t('accreditation:figures.within', { count: decisionDays })}{' '}
        {hours === null
          ? t('accreditation:figures.noneDecided')
          : t('accreditation:figures.times', {
              decisions: hours.decisions,
              median: hoursText(hours.median),
              p90: hoursText(hours.p90),
              longest: hoursText(hours.longest),
              late: decidedLate,
            })}{' '}
        {t('accreditation:figures.organisations', { count: organisations })}
        {imported > 0 && ` ${t('accreditation:figures.imported', { count: imported })}`}
      </p>
      {/* A wide table on a narrow screen: whoever uses a keyboard scrolls it by focusing it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll-x" tabIndex={0} role="group" aria-labelledby="figures-heading">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t('accreditation:figures.observersFor')}</th>
              {COLUMNS.map((key) => (
                <th key={key} scope="col">
                  {t(`accreditation:figures.columns.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {statistics.byKind.map((row) => (
              <tr key={row.kind}>
                <th scope="row">{t(`terms:observerKinds.${row.kind}`)}</th>
                {COLUMNS.map((key) => (
                  <td key={key}>{row[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('accreditation:figures.all')}</th>
              {COLUMNS.map((key) => (
                <td key={key}>{statistics.total[key]}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
};
