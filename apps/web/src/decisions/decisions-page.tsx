import { routes } from '@app/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { callForFile } from '../api/call';
import { ExportDialog } from '../audit/export-dialog';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { CommissionShares } from './commission-shares';
import { DecisionRow } from './decision-row';
import { DecisionsFilters } from './decisions-filters';
import { decisionsQuery } from './decisions-query';
import '../styles/flags.css';
import '../styles/audit.css';

const READ_ALL = ['incident.read-all'] as const;

/** What was decided, by whom and how fast. */
export const DecisionsPage = () => (
  <StaffOnly anyOf={READ_ALL} title={t('desk:log.title')}>
    {() => <Decisions />}
  </StaffOnly>
);

const Decisions = () => {
  const filter = useSearch({ from: '/c/decisions' });
  const navigate = useNavigate({ from: '/c/decisions' });
  const { data, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    decisionsQuery(filter),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const csv = {
    label: 'CSV',
    fileName: 'decisions.csv',
    fetch: (reason: string) => callForFile(routes.exportDecisions, { body: { ...filter, reason } }),
  };
  return (
    <div className="page decisions">
      <div className="audit-head">
        <PageHeading title={t('desk:log.title')}>{t('desk:log.title')}</PageHeading>
        <ExportDialog title={t('desk:log.export')} formats={[csv]} />
      </div>
      <CommissionShares />
      <DecisionsFilters
        filter={filter}
        onFilter={(next) => void navigate({ to: '.', search: next, replace: true, resetScroll: false })}
      />
      {isPending && <Skeleton label={t('desk:log.loading')} count={6} className="skeleton-row" />}
      {error && <ErrorNotice title={t('desk:log.failed')} error={error} onRetry={() => void refetch()} />}
      {data && items.length === 0 && <EmptyNotice title={t('desk:log.empty')} />}
      <ol className="decision-rows" aria-label={t('desk:log.title')}>
        {items.map((decision) => (
          <DecisionRow key={`${decision.incidentId} ${decision.round}`} decision={decision} />
        ))}
      </ol>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t('desk:log.loading') : t('desk:log.more')}
        </button>
      )}
    </div>
  );
};
