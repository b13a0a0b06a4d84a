import type { Incident } from '@app/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { serverClock } from '../api/server-clock';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { t } from '../words';
import { countQuery, queueQuery, type CaseFilter } from './queries';
import { QueueRow } from './queue-row';
import { useLetters } from './use-letters';

/** The cases of a filter, what is due first on top. J and K go through them, O opens one. */
export const QueueList = ({ filter, userId }: { filter: CaseFilter; userId: string }) => {
  const queue = useInfiniteQuery(queueQuery(filter));
  const now = useSecondlyNow();
  const list = useRef<HTMLOListElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const items = queue.data?.pages.flatMap((page) => page.items) ?? [];
  useQueueKeys(items, current, (id) => {
    setCurrent(id);
    list.current?.querySelector<HTMLElement>(`[data-incident-id="${id}"]`)?.focus();
  });
  if (queue.isPending) return <Skeleton label={t('desk:queue.loading')} count={6} className="skeleton-row" />;
  if (!queue.data) return <ErrorNotice title={t('desk:queue.failed')} error={queue.error} onRetry={() => void queue.refetch()} />;
  const total = queue.data.pages[0]?.total ?? 0;
  return (
    <div className="queue-list">
      {queue.isError && <StaleNotice at={queue.dataUpdatedAt} />}
      <p className="small quiet" role="status" data-testid="queue-total">
        {t('desk:queue.count', { count: total })}
      </p>
      {items.length === 0 && <NothingHere filter={filter} />}
      <ol
        className="queue-rows"
        ref={list}
        // Whoever came to a row with Tab goes on from there.
        onFocus={({ target }) => setCurrent(target.dataset['incidentId'] ?? current)}
      >
        {items.map((incident) => (
          <QueueRow
            key={incident.id}
            incident={incident}
            now={now}
            mine={incident.holder?.id === userId}
            current={incident.id === current}
          />
        ))}
      </ol>
      {queue.hasNextPage && (
        <button type="button" className="button" disabled={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
          {t(queue.isFetchingNextPage ? 'shell:loading' : 'desk:queue.more')}
        </button>
      )}
    </div>
  );
};

/** What others hold is not nothing: a queue that looks empty makes people go home. */
const NothingHere = ({ filter }: { filter: CaseFilter }) => {
  const { data: all = 0 } = useQuery({ ...countQuery({ ...filter, claimed: undefined }), enabled: filter.claimed !== undefined });
  if (all === 0) return <EmptyNotice title={t('desk:queue.empty')} />;
  return <EmptyNotice title={t('desk:queue.allHeld', { count: all })} />;
};

const useQueueKeys = (items: readonly Incident[], current: string | null, select: (id: string) => void): void => {
  const navigate = useNavigate();
  useLetters((letter) => {
    const at = items.findIndex(({ id }) => id === current);
    const next = letter === 'j' ? items[at + 1] : letter === 'k' ? items[Math.max(0, at - 1)] : undefined;
    if (next) select(next.id);
    else if (letter === 'o' && current !== null) void navigate({ to: '/c/case/$id', params: { id: current } });
    else return false;
    return true;
  });
};

/** The server's now, once a second. */
const useSecondlyNow = (): number => {
  const [now, setNow] = useState(() => serverClock.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(serverClock.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
};
