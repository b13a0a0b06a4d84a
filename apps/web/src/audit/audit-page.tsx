import { routes } from '@app/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { callForFile } from '../api/call';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { AuditEventRow } from './audit-event';
import type { AuditFilter } from './audit-filter';
import { AuditFilters } from './audit-filters';
import { auditQuery } from './audit-queries';
import { ChainState } from './chain-state';
import { ExportDialog, type ExportFormat } from './export-dialog';
import '../styles/flags.css';
import '../styles/audit.css';

const READ = ['audit.read'] as const;

/** What was done, by whom, by which right: for auditors. */
export const AuditPage = () => (
  <StaffOnly anyOf={READ} title={t('audit:title')}>
    {() => <Audit />}
  </StaffOnly>
);

const formatsOf = (filter: AuditFilter): ExportFormat[] => [
  {
    label: 'CSV',
    fileName: 'audit.csv',
    fetch: (reason) => callForFile(routes.exportAuditCsv, { body: { ...filter, reason } }),
  },
  {
    label: 'JSON',
    fileName: 'audit.json',
    fetch: (reason) => callForFile(routes.exportAuditJson, { body: { ...filter, reason } }),
  },
];

const Audit = () => {
  const filter = useSearch({ from: '/c/audit' });
  const navigate = useNavigate({ from: '/c/audit' });
  const { data, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    auditQuery(filter),
  );
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page audit">
      <div className="audit-head">
        <PageHeading title={t('audit:title')}>{t('audit:title')}</PageHeading>
        <ExportDialog title={t('audit:export.title')} formats={formatsOf(filter)} />
      </div>
      <ChainState />
      <AuditFilters filter={filter} onFilter={(next) => void navigate({ to: '.', search: next, resetScroll: false })} />
      {isPending && <Skeleton label={t('audit:loading')} count={6} className="skeleton-row" />}
      {error && <ErrorNotice title={t('audit:failed')} error={error} onRetry={() => void refetch()} />}
      {data && items.length === 0 && <EmptyNotice title={t('audit:empty')} />}
      <ol className="audit-rows" aria-label={t('audit:events')}>
        {items.map((event) => (
          <AuditEventRow key={`${event.electionId} ${event.seq}`} event={event} />
        ))}
      </ol>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t('audit:loading') : t('audit:more')}
        </button>
      )}
    </div>
  );
};
