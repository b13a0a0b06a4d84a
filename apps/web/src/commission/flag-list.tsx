import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { flagsQuery, type FlagFilter } from '../api/queries';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { t } from '../words';
import { arrivalsAfter, type Arrivals } from './arrivals';
import { FlagRow } from './flag-row';

interface Props {
  filter: FlagFilter;
  base: '/c/flags' | '/m/flags';
  empty: string;
}

/** Flags, newest first. A new row is put on top without moving the focus or what is being read. */
export const FlagList = ({ filter, base, empty }: Props) => {
  const flags = useInfiniteQuery(flagsQuery(filter));
  const items = flags.data?.pages.flatMap((page) => page.items) ?? [];
  const arrived = useArrivals(flags.data ? items.map(({ id }) => id) : null);
  if (flags.isPending) return <Skeleton label={t('commission:list.loading')} count={5} className="skeleton-row" />;
  if (!flags.data)
    return <ErrorNotice title={t('commission:list.failed')} error={flags.error} onRetry={() => void flags.refetch()} />;
  const total = flags.data.pages[0]?.total ?? 0;
  return (
    <div className="flag-list">
      {flags.isError && <StaleNotice at={flags.dataUpdatedAt} />}
      <p className="small quiet">{t('commission:list.count', { count: total })}</p>
      <p className="visually-hidden" role="status">
        {arrived.size > 0 ? t('commission:list.arrived', { count: arrived.size }) : ''}
      </p>
      {items.length === 0 && <EmptyNotice title={empty} />}
      <ol className="flag-rows">
        {items.map((incident) => (
          <FlagRow key={incident.id} incident={incident} base={base} fresh={arrived.has(incident.id)} />
        ))}
      </ol>
      {flags.hasNextPage && (
        <button type="button" className="button" disabled={flags.isFetchingNextPage} onClick={() => void flags.fetchNextPage()}>
          {t(flags.isFetchingNextPage ? 'shell:loading' : 'commission:list.older')}
        </button>
      )}
    </div>
  );
};

/** Ids that came on top after the list was first shown; `null` while nothing is shown yet. */
const useArrivals = (ids: readonly string[] | null): ReadonlySet<string> => {
  const [arrivals, setArrivals] = useState<Arrivals | null>(null);
  const next = ids === null ? arrivals : arrivalsAfter(arrivals, ids);
  if (next !== arrivals) setArrivals(next);
  return next?.arrived ?? new Set();
};
