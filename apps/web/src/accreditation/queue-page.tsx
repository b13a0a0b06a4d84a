import { ACCREDITATION_STATES, type Accreditation } from '@app/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { momentIn } from '../time/format';
import { t } from '../words';
import { queueQuery, type QueueFilter } from './api';
import { ImportDialog } from './import-dialog';
import { kindChoices, staffStateText, STATE_TONES } from './words';
import '../styles/accreditation.css';

const MAY_DECIDE = ['accreditation.decide'] as const;
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What waits for a decision, the latest on top. */
export const QueuePage = () => (
  <StaffOnly anyOf={MAY_DECIDE} title={t('accreditation:queue.title')}>
    {() => (
      <div className="page accreditation">
        <div className="queue-head">
          <PageHeading title={t('accreditation:queue.title')}>{t('accreditation:queue.title')}</PageHeading>
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
      aria-label={t('accreditation:queue.filter')}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('q');
        change({ q: typeof typed === 'string' ? typed.trim() : undefined });
      }}
    >
      <label className="filter">
        <span className="small quiet">{t('accreditation:queue.search')}</span>
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
        <span className="small quiet">{t('accreditation:queue.state')}</span>
        <select
          className="field"
          value={filter.state ?? ''}
          onChange={({ target }) => change({ state: (target.value || undefined) as QueueFilter['state'] })}
        >
          <option value="">{t('accreditation:queue.all')}</option>
          <option value="open">{t('accreditation:queue.open')}</option>
          {ACCREDITATION_STATES.map((state) => (
            <option key={state} value={state}>
              {staffStateText(state)}
            </option>
          ))}
        </select>
      </label>
      <label className="filter">
        <span className="small quiet">{t('accreditation:facts.observesFor')}</span>
        <select
          className="field"
          value={filter.kind ?? ''}
          onChange={({ target }) => change({ kind: (target.value || undefined) as QueueFilter['kind'] })}
        >
          <option value="">{t('accreditation:queue.all')}</option>
          {kindChoices().map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
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
        {t('accreditation:queue.lateOnly')}
      </label>
    </form>
  );
};

const Queue = () => {
  const filter = useSearch({ from: '/c/accreditations' });
  const queue = useInfiniteQuery(queueQuery(filter));
  if (queue.isPending) return <Skeleton label={t('accreditation:queue.loading')} count={6} className="skeleton-line" />;
  if (!queue.data)
    return <ErrorNotice title={t('accreditation:queue.notLoaded')} error={queue.error} onRetry={() => void queue.refetch()} />;
  const items = queue.data.pages.flatMap((page) => page.items);
  const total = queue.data.pages[0]?.total ?? 0;
  return (
    <>
      {queue.isError && <StaleNotice at={queue.dataUpdatedAt} />}
      <p className="small quiet" role="status">
        {t('accreditation:queue.count', { count: total })}
      </p>
      {items.length === 0 ? (
        <EmptyNotice title={t('accreditation:queue.none')} />
      ) : (
        <ul className="queue">
          {items.map((item) => (
            <QueueRow key={item.id} item={item} />
          ))}
        </ul>
      )}
      {queue.hasNextPage && (
        <button type="button" className="button" disabled={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
          {t(queue.isFetchingNextPage ? 'accreditation:queue.loadingMore' : 'accreditation:queue.more')}
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
        <span className={`badge badge-${STATE_TONES[item.state]}`}>{staffStateText(item.state)}</span>{' '}
        {item.overdue && <span className="badge badge-down">{t('accreditation:queue.late')}</span>}
      </p>
      <p dir="auto">
        {item.organisation} <span className="quiet">· {t(`terms:observerKinds.${item.kind}`)}</span>
      </p>
      <p className="small quiet">
        {item.number !== null && <span className="mono">{item.number} · </span>}
        {open
          ? t('accreditation:queue.dueAt', { time: momentIn(Date.parse(item.dueAt), ZONE) })
          : t('accreditation:queue.applied', { time: momentIn(Date.parse(item.submittedAt), ZONE) })}
        {item.documents > 0 && ` · ${t('accreditation:queue.documents', { count: item.documents })}`}
      </p>
    </li>
  );
};
