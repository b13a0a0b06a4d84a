import { RECORD_LICENSE, type Outcome, type Severity } from '@app/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { codesQuery } from '../api/queries';
import { severityOptions } from '../flags/severity';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { publicIncidentsQuery, recordFiles, type RecordFilter } from './record-query';
import { RecordRow } from './record-row';
import { countWords, OUTCOME_WORDS } from './record-words';
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
      <PageHeading title="Public record">Public record</PageHeading>
      <p className="quiet">
        Incidents that election commissions decided, with their reasons. The names of those who reported them are never published.
      </p>
      <Filters filter={filter} />
      {isPending && <Skeleton label="Loading the record" count={3} className="skeleton-row" />}
      {isError && !data && <ErrorNotice title="The record could not be loaded" error={error} onRetry={() => void refetch()} />}
      {first && (
        <p role="status" data-testid="record-count">
          {countWords(first.total, first.quarantined)}
        </p>
      )}
      {first && items.length === 0 && <EmptyNotice title="Nothing has been decided yet" />}
      {items.map((incident) => (
        <RecordRow key={incident.id} incident={incident} />
      ))}
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
      <Downloads filter={filter} />
    </div>
  );
};

const Downloads = ({ filter }: { filter: RecordFilter }) => (
  <p className="record-files small">
    All of this as data:{' '}
    {recordFiles(filter).map(({ label, url }) => (
      <a key={label} href={url} download>
        {label}
      </a>
    ))}{' '}
    <span className="quiet">
      Free for any use (<a href={RECORD_LICENSE.url}>{RECORD_LICENSE.name}</a>).
    </span>
  </p>
);

const Filters = ({ filter }: { filter: RecordFilter }) => {
  const navigate = useNavigate({ from: '/record' });
  const { data: codes } = useQuery(codesQuery);
  const change = (next: RecordFilter) => {
    const merged = Object.entries({ ...filter, ...next }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(merged), replace: true, resetScroll: false });
  };
  return (
    <form
      className="filters"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        const station = new FormData(event.currentTarget).get('station');
        change({ station: typeof station === 'string' ? station.trim() : undefined });
      }}
    >
      <label className="filter">
        <span className="small quiet">Station</span>
        <input
          key={filter.station ?? ''}
          className="field"
          name="station"
          defaultValue={filter.station ?? ''}
          placeholder="Number"
          onBlur={({ target }) => target.value.trim() !== (filter.station ?? '') && change({ station: target.value.trim() })}
        />
      </label>
      <Choice
        label="Outcome"
        value={filter.outcome}
        options={Object.entries(OUTCOME_WORDS)}
        onChoose={(outcome) => change({ outcome: outcome as Outcome | undefined })}
      />
      <Choice
        label="Severity"
        value={filter.severity}
        options={severityOptions()}
        onChoose={(severity) => change({ severity: severity as Severity | undefined })}
      />
      <Choice
        label="Category"
        value={filter.code}
        options={(codes ?? []).map(({ code, label }) => [code, `${code} ${label}`])}
        onChoose={(code) => change({ code })}
      />
    </form>
  );
};

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string | undefined) => void;
}

const Choice = ({ label, value, options, onChoose }: ChoiceProps) => (
  <label className="filter">
    <span className="small quiet">{label}</span>
    <select
      className="field"
      value={value ?? ''}
      onChange={({ target }) => onChoose(target.value === '' ? undefined : target.value)}
    >
      <option value="">All</option>
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  </label>
);
