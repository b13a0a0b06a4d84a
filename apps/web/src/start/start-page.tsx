import type { Station } from '@app/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ApiError } from '../api/call';
import { electionQuery, regionsQuery, stationsQuery } from '../api/queries';
import { EmptyNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { PhaseBar } from './phase-bar';
import { RegionNav } from './region-nav';
import { SearchBox } from './search-box';
import { StationGrid } from './station-grid';

/** The public start: what day it is, where the stations are, and what they show right now. */
export const StartPage = ({ regionId, q }: { regionId?: string; q: string }) => {
  const navigate = useNavigate();
  const election = useQuery(electionQuery);
  const regions = useQuery(regionsQuery);
  const { data: timezone } = useInfiniteQuery({ ...stationsQuery({}), select: firstTimezone });
  const region = regions.data?.find(({ id }) => id === regionId);
  const title = region?.name ?? election.data?.name ?? t('start:heading');
  const search = (text: string) => {
    const query = text === '' ? {} : { q: text };
    void (regionId === undefined
      ? navigate({ to: '/', search: query })
      : navigate({ to: '/r/$regionId', params: { regionId }, search: query }));
  };

  return (
    <div className="start">
      <div className="start-head">
        <p className="eyebrow">{region ? (election.data?.name ?? ' ') : t('start:heading')}</p>
        <PageHeading key={regionId ?? 'all'} title={title}>
          <span dir="auto">{title}</span>
        </PageHeading>
        {election.data && <PhaseBar election={election.data} timezone={timezone ?? 'UTC'} />}
        {election.error instanceof ApiError && election.error.code === 'election.not-found' && (
          <EmptyNotice title={t('start:noElection')} />
        )}
      </div>
      <aside className="start-side">
        <RegionNav current={regionId} />
      </aside>
      <section className="start-main" aria-label={t('start:stations')}>
        <SearchBox value={q} onSearch={search} />
        <StationGrid regionId={regionId} q={q} onClear={() => search('')} />
      </section>
    </div>
  );
};

/** The clock of the day is the clock of the stations. */
const firstTimezone = (data: { pages: { items: Station[] }[] }): string | undefined => data.pages[0]?.items[0]?.timezone;
