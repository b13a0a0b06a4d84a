import { RECORD_LICENSE, type Outcome, type Severity } from '@app/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useIncidentCodes } from '../api/incident-codes';
import { severityOptions } from '../flags/severity';
import { Choice } from '../shell/choice';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { Rich } from '../words/rich';
import { publicIncidentsQuery, recordFiles, type RecordFilter } from './record-query';
import { RecordRow } from './record-row';
import { countWords, outcomeOptions } from './record-words';
import '../styles/record.css';

/** What was decided, for everybody: reasons included, reporters never. */
export const RecordPage = () => {
  const filter = useSearch({ from: '/record' });
  const { data, isPending, isError, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    publicIncidentsQuery(filter),
  );
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page record">
      <PageHeading title={t('record:heading')}>{t('record:heading')}</PageHeading>
      <p className="quiet">{t('record:about')}</p>
      <Filters filter={filter} />
      {isPending && <Skeleton label={t('record:loading')} count={3} className="skeleton-row" />}
      {isError && !data && <ErrorNotice title={t('record:failed')} error={error} onRetry={() => void refetch()} />}
      {first && (
        <p role="status" data-testid="record-count">
          {countWords(first.total, first.quarantined)}
        </p>
      )}
      {first && items.length === 0 && <EmptyNotice title={t('record:none')} />}
      {items.map((incident) => (
        <RecordRow key={incident.id} incident={incident} />
      ))}
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t('shell:loading') : t('record:showMore')}
        </button>
      )}
      <Downloads filter={filter} />
    </div>
  );
};

const Downloads = ({ filter }: { filter: RecordFilter }) => {
  const files = recordFiles(filter).map(({ label, url }) => (
    <a key={label} href={url} download>
      {label}
    </a>
  ));
  return (
    <p className="record-files small">
      <Rich text="record:asData" components={{ files: <>{files}</> }} />{' '}
      <span className="quiet">
        <Rich text="record:free" values={{ license: RECORD_LICENSE.name }} components={{ license: <LicenseLink /> }} />
      </span>
    </p>
  );
};

const LicenseLink = ({ children }: { children?: ReactNode }) => <a href={RECORD_LICENSE.url}>{children}</a>;

const Filters = ({ filter }: { filter: RecordFilter }) => {
  const navigate = useNavigate({ from: '/record' });
  const codes = useIncidentCodes();
  const change = (next: RecordFilter) => {
    const merged = Object.entries({ ...filter, ...next }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(merged), replace: true, resetScroll: false });
  };
  return (
    <form
      className="filters"
      aria-label={t('record:filter.heading')}
      onSubmit={(event) => {
        event.preventDefault();
        const station = new FormData(event.currentTarget).get('station');
        change({ station: typeof station === 'string' ? station.trim() : undefined });
      }}
    >
      <label className="filter">
        <span className="small quiet">{t('record:filter.station')}</span>
        <input
          key={filter.station ?? ''}
          className="field"
          name="station"
          defaultValue={filter.station ?? ''}
          placeholder={t('record:filter.number')}
          onBlur={({ target }) => target.value.trim() !== (filter.station ?? '') && change({ station: target.value.trim() })}
        />
      </label>
      <Choice
        none={t('record:filter.all')}
        label={t('record:filter.outcome')}
        value={filter.outcome}
        options={outcomeOptions()}
        onChoose={(outcome) => change({ outcome: outcome as Outcome | undefined })}
      />
      <Choice
        none={t('record:filter.all')}
        label={t('record:filter.severity')}
        value={filter.severity}
        options={severityOptions()}
        onChoose={(severity) => change({ severity: severity as Severity | undefined })}
      />
      <Choice
        none={t('record:filter.all')}
        label={t('record:filter.category')}
        value={filter.code}
        options={codes.map(({ code, label, lang }) => [code, t('record:filter.categoryOf', { code, label }), lang])}
        onChoose={(code) => change({ code })}
      />
    </form>
  );
};
