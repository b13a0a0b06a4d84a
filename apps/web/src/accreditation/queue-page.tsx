import { ACCREDITATION_STATES, OBSERVER_KINDS, type Accreditation } from '@app/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { momentIn } from '../time/format';
import { queueQuery, type QueueFilter } from './api';
import { ImportDialog } from './import-dialog';
import { KIND_WORDS, STAFF_STATE_WORDS, STATE_TONES } from './words';
import '../styles/accreditation.css';

const MAY_DECIDE = ['accreditation.decide'] as const;
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What waits for a decision, the latest on top. */
export const QueuePage = () => (
  <StaffOnly anyOf={MAY_DECIDE} title="Accreditation">
    {() => (
      <div className="page accreditation">
        <div className="queue-head">
          <PageHeading title="Accreditation">Accreditation</PageHeading>
          <ImportDialog />
        </div>
        <Filters />
        <Queue />
      </div>
    )}
  </StaffOnly>
);

const Filters = () => {
  const navigate = useNavigate({ from: '/c/accreditations' });
  const filter = useSearch({ from: '/c/accreditations' });
  const change = (next: QueueFilter) => {
    const search = Object.fromEntries(Object.entries({ ...filter, ...next }).filter(([, value]) => value));
    void navigate({ to: '.', search, replace: true, resetScroll: false });
  };
  return (
    <form
      className="filters"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('q');
        change({ q: typeof typed === 'string' ? typed.trim() : undefined });
      }}
    >
      <label className="filter">
        <span className="small quiet">Name, e-mail, organisation or number</span>
        <input
          key={filter.q ?? ''}
          className="field"
          type="search"
          name="q"
          defaultValue={filter.q ?? ''}
          data-testid="accreditation-search"
        />
      </label>
      <label className="filter">
        <span className="small quiet">State</span>
        <select
          className="field"
          value={filter.state ?? ''}
          onChange={({ target }) => change({ state: (target.value || undefined) as QueueFilter['state'] })}
        >
          <option value="">All</option>
          <option value="open">Not decided</option>
          {ACCREDITATION_STATES.map((state) => (
            <option key={state} value={state}>
              {STAFF_STATE_WORDS[state]}
            </option>
          ))}
        </select>
      </label>
      <label className="filter">
        <span className="small quiet">Observes for</span>
        <select
          className="field"
          value={filter.kind ?? ''}
          onChange={({ target }) => change({ kind: (target.value || undefined) as QueueFilter['kind'] })}
        >
          <option value="">All</option>
          {OBSERVER_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_WORDS[kind]}
            </option>
          ))}
        </select>
      </label>
      <label className="tick">
        <input
          type="checkbox"
          checked={filter.overdue === '1'}
          onChange={({ target }) => change({ overdue: target.checked ? '1' : undefined })}
        />
        Late only
      </label>
    </form>
  );
};

const Queue = () => {
  const filter = useSearch({ from: '/c/accreditations' });
  const queue = useInfiniteQuery(queueQuery(filter));
  if (queue.isPending) return <Skeleton label="Loading applications" count={6} className="skeleton-line" />;
  if (!queue.data)
    return <ErrorNotice title="The applications could not be loaded" error={queue.error} onRetry={() => void queue.refetch()} />;
  const items = queue.data.pages.flatMap((page) => page.items);
  const total = queue.data.pages[0]?.total ?? 0;
  return (
    <>
      {queue.isError && <StaleNotice at={queue.dataUpdatedAt} />}
      <p className="small quiet" role="status">
        {total === 1 ? '1 application' : `${total} applications`}: what waits for a decision first
      </p>
      {items.length === 0 ? (
        <EmptyNotice title="No application is like this" />
      ) : (
        <ul className="queue">
          {items.map((item) => (
            <QueueRow key={item.id} item={item} />
          ))}
        </ul>
      )}
      {queue.hasNextPage && (
        <button type="button" className="button" disabled={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
          {queue.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
    </>
  );
};

const QueueRow = ({ item }: { item: Accreditation }) => {
  const open = item.state === 'submitted' || item.state === 'needs_info';
  return (
    <li className="panel queue-row" data-testid="application">
      <p className="queue-name">
        <Link to="/c/accreditations/$id" params={{ id: item.id }} dir="auto">
          {item.name}
        </Link>{' '}
        <span className={`badge badge-${STATE_TONES[item.state]}`}>{STAFF_STATE_WORDS[item.state]}</span>{' '}
        {item.overdue && <span className="badge badge-down">Late</span>}
      </p>
      <p dir="auto">
        {item.organisation} <span className="quiet">· {KIND_WORDS[item.kind]}</span>
      </p>
      <p className="small quiet">
        {item.number !== null && <span className="mono">{item.number} · </span>}
        {open
          ? `to be decided by ${momentIn(Date.parse(item.dueAt), ZONE)}`
          : `applied ${momentIn(Date.parse(item.submittedAt), ZONE)}`}
        {item.documents > 0 && ` · ${item.documents === 1 ? '1 document' : `${item.documents} documents`}`}
      </p>
    </li>
  );
};
