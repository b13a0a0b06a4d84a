import { routes, type PublicRecordQuery } from '@app/contracts';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call, urlOf } from '../api/call';

/** What the list is narrowed to; absent: everything. */
export type RecordFilter = Partial<Pick<PublicRecordQuery, 'station' | 'region' | 'code' | 'severity' | 'outcome'>>;

const PER_PAGE = 50;

export const publicIncidentsQuery = (filter: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: ['public-incidents', filter],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listPublicIncidents, { query: { ...filter, limit: PER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

/** The same list as files. */
export const recordFiles = (filter: RecordFilter): { label: string; url: string }[] => [
  { label: 'CSV', url: urlOf(routes.publicIncidentsCsv, { query: filter }) },
  { label: 'JSON', url: urlOf(routes.publicIncidentsJson, { query: filter }) },
  { label: 'GeoJSON', url: urlOf(routes.publicIncidentsGeoJson, { query: filter }) },
];
