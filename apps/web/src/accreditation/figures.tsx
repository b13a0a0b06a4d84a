import type { AccreditationStatistics } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { momentIn } from '../time/format';
import { statisticsQuery } from './api';
import { hoursText, KIND_WORDS } from './words';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the commission is measured by. */
export const Figures = () => {
  const statistics = useQuery(statisticsQuery);
  return (
    <section className="panel facts-panel" aria-labelledby="figures-heading">
      <h2 id="figures-heading">Applications and decisions</h2>
      {statistics.isPending && <Skeleton label="Loading the figures" count={3} className="skeleton-line" />}
      {statistics.isError && !statistics.data && (
        <ErrorNotice title="The figures could not be loaded" error={statistics.error} onRetry={() => void statistics.refetch()} />
      )}
      {statistics.data && <Loaded statistics={statistics.data} />}
    </section>
  );
};

const COLUMNS = [
  ['applications', 'Applications'],
  ['waiting', 'Wait for a decision'],
  ['overdue', 'Of these late'],
  ['approved', 'Approved'],
  ['rejected', 'Rejected'],
  ['suspended', 'Suspended'],
  ['revoked', 'Revoked'],
  ['validNow', 'Valid now'],
] as const;

const Loaded = ({ statistics }: { statistics: AccreditationStatistics }) => {
  const { hoursToDecide: hours, decisionDays, decidedLate, organisations, imported } = statistics;
  return (
    <>
      <p className="quiet small">
        <span dir="auto">{statistics.election}</span>, {momentIn(Date.parse(statistics.at), ZONE)}
      </p>
      <p>
        Each application is to be decided within {decisionDays === 1 ? 'one day' : `${decisionDays} days`}.{' '}
        {hours === null
          ? 'None has been decided yet.'
          : `Half of the ${hours.decisions} decisions took up to ${hoursText(hours.median)}, nine of ten up to ${hoursText(hours.p90)}, the longest ${hoursText(hours.longest)}; ${decidedLate} came late.`}{' '}
        {organisations === 1 ? 'One organisation observes' : `${organisations} organisations observe`} now.
        {imported > 0 && ` ${imported} people were entered by the commission itself and are not in these times.`}
      </p>
      {/* A wide table on a narrow screen: whoever uses a keyboard scrolls it by focusing it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll-x" tabIndex={0} role="group" aria-labelledby="figures-heading">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">Observers for</th>
              {COLUMNS.map(([key, title]) => (
                <th key={key} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {statistics.byKind.map((row) => (
              <tr key={row.kind}>
                <th scope="row">{KIND_WORDS[row.kind]}</th>
                {COLUMNS.map(([key]) => (
                  <td key={key}>{row[key]}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              {COLUMNS.map(([key]) => (
                <td key={key}>{statistics.total[key]}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
};
