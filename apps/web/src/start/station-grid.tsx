import { useInfiniteQuery } from '@tanstack/react-query';
import { stationsQuery } from '../api/queries';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { useNow } from '../shell/now';
import { t } from '../words';
import { Rich } from '../words/rich';
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
        <Skeleton label={t('start:loadingStations')} count={6} className="skeleton-card" />
      </div>
    );
  if (!stations.data)
    return <ErrorNotice title={t('start:stationsFailed')} error={stations.error} onRetry={() => void stations.refetch()} />;
  const items = stations.data.pages.flatMap((page) => page.items);
  const total = stations.data.pages[0]?.total ?? 0;
  return (
    <>
      {stations.isError && <StaleNotice at={stations.dataUpdatedAt} />}
      <p className="grid-count quiet" role="status">
        {q === '' ? (
          t('start:count', { count: total })
        ) : (
          <>
            <Rich text="start:countFor" values={{ count: total, q }} components={{ q: <bdi /> }} />{' '}
            <button type="button" className="link-button" onClick={onClear}>
              {t('start:clearSearch')}
            </button>
          </>
        )}
      </p>
      {items.length === 0 && (
        <EmptyNotice title={q === '' ? t('start:noStations') : t('start:noMatch')}>
          {q !== '' && <p>{t('start:tryPart')}</p>}
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
          {stations.isFetchingNextPage ? t('shell:loading') : t('start:showMore', { count: total - items.length })}
        </button>
      )}
    </>
  );
};
