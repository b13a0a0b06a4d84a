import { useInfiniteQuery } from '@tanstack/react-query';
import { stationsQuery } from '../api/queries';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { useNow } from '../shell/now';
import { StationCard } from './station-card';

interface Props {
  regionId: string | undefined;
  q: string;
  onClear: () => void;
}

export const StationGrid = ({ regionId, q, onClear }: Props) => {
  const stations = useInfiniteQuery(stationsQuery({ q: q === '' ? undefined : q, region: regionId }));
  const now = useNow(15_000);
  if (stations.isPending)
    return (
      <div className="grid">
        <Skeleton label="Loading stations" count={6} className="skeleton-card" />
      </div>
    );
  if (!stations.data)
    return (
      <ErrorNotice title="The stations could not be loaded" error={stations.error} onRetry={() => void stations.refetch()} />
    );
  const items = stations.data.pages.flatMap((page) => page.items);
  const total = stations.data.pages[0]?.total ?? 0;
  return (
    <>
      {stations.isError && <StaleNotice at={stations.dataUpdatedAt} />}
      <p className="grid-count quiet" role="status">
        {total === 1 ? '1 station' : `${total} stations`}
        {q !== '' && (
          <>
            {' for '}
            <bdi>“{q}”</bdi>{' '}
            <button type="button" className="link-button" onClick={onClear}>
              Clear search
            </button>
          </>
        )}
      </p>
      {items.length === 0 && (
        <EmptyNotice title={q === '' ? 'No stations here yet' : 'No station matches'}>
          {q !== '' && <p>Try the number alone, or part of the street.</p>}
        </EmptyNotice>
      )}
      <ul className="grid">
        {items.map((station) => (
          <StationCard key={station.id} station={station} now={now} />
        ))}
      </ul>
      {stations.hasNextPage && (
        <button
          type="button"
          className="button grid-more"
          disabled={stations.isFetchingNextPage}
          onClick={() => void stations.fetchNextPage()}
        >
          {stations.isFetchingNextPage ? 'Loading…' : `Show more (${total - items.length} left)`}
        </button>
      )}
    </>
  );
};
