import { routes, type Incident, type Session } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { ApiError, call, messageOf } from '../api/call';
import { useIncidentEvents } from '../commission/use-incident-events';
import { ConnectionLine } from '../commission/connection-line';
import { putIncident } from '../commission/put-incident';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { nextFree, type CaseFilter } from './queries';
import { QueueFilters } from './queue-filters';
import { QueueList } from './queue-list';
import { firstViewOf, QUEUE_VIEWS, viewNamed, type QueueViewName } from './queue-views';
import { useLetters } from './use-letters';
import '../styles/flags.css';
import '../styles/desk.css';

const READ_ALL = ['incident.read-all'] as const;

/** Where triage and review take their work from. */
export const QueuePage = () => (
  <StaffOnly anyOf={READ_ALL} title={t('shell:queue')}>
    {(session) => <Queue session={session} />}
  </StaffOnly>
);

const Queue = ({ session }: { session: Session }) => {
  const connection = useIncidentEvents();
  const { view: wanted, ...rest } = useSearch({ from: '/c/queue' });
  const view = viewNamed(wanted ?? firstViewOf(session.permissions));
  const claimed = view?.name === 'mine' ? 'me' : rest.claimed;
  const filter: CaseFilter = { ...rest, claimed, state: view?.states, sort: rest.sort ?? 'clock' };
  return (
    <div className="page queue">
      <div className="flags-head">
        <PageHeading title={t('shell:queue')} className="flags-title">
          {t('shell:queue')}
        </PageHeading>
        <ConnectionLine connection={connection} />
        <TakeNext filter={filter} />
      </div>
      <Views current={view?.name ?? 'all'} />
      <QueueFilters />
      <QueueList key={view?.name} filter={filter} userId={session.user.id} />
    </div>
  );
};

const Views = ({ current }: { current: QueueViewName }) => {
  const navigate = useNavigate({ from: '/c/queue' });
  return (
    <div className="button-group queue-views" role="group" aria-label={t('desk:views.name')}>
      {QUEUE_VIEWS.map(({ name }) => (
        <button
          key={name}
          type="button"
          className="button"
          aria-pressed={name === current}
          onClick={() => void navigate({ to: '.', search: (before) => ({ ...before, view: name }), replace: true })}
        >
          {t(`desk:views.${name}`)}
        </button>
      ))}
    </div>
  );
};

/** Claims what is due first of what nobody holds, and opens it. */
const TakeNext = ({ filter }: { filter: CaseFilter }) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const take = useMutation({
    mutationFn: () => claimFirst(filter),
    onSuccess: async (incident) => {
      if (!incident) return;
      putIncident(client, incident);
      await navigate({ to: '/c/case/$id', params: { id: incident.id } });
    },
  });
  const takeOne = () => {
    if (!take.isPending) take.mutate();
  };
  useLetters((letter) => {
    if (letter !== 'n') return false;
    takeOne();
    return true;
  });
  return (
    <div className="queue-next">
      <button type="button" className="button button-primary" aria-disabled={take.isPending || undefined} onClick={takeOne}>
        {t('desk:queue.takeNext')} <kbd aria-hidden="true">N</kbd>
      </button>
      <p className="small" role="status">
        {take.isError && messageOf(take.error)}
        {take.data === null && t('desk:queue.nothingFree')}
      </p>
    </div>
  );
};

/** Whoever else takes them at the same moment gets them one by one: the next free one is tried. */
async function claimFirst(filter: CaseFilter): Promise<Incident | null> {
  const { items } = await nextFree(filter);
  for (const { id } of items) {
    try {
      return await call(routes.claimIncident, { params: { id } });
    } catch (error) {
      const isTaken =
        error instanceof ApiError &&
        ['incident.held', 'incident.conflict-of-interest', 'incident.same-person'].includes(error.code);
      if (!isTaken) throw error;
    }
  }
  return null;
}
