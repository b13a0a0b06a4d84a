import { routes, type IncidentState, type Severity } from '@app/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call';

const CASES_PER_PAGE = 50;
/** Events are hints; this is how old the queue can be when they were lost. */
const POLL_MS = 30_000;

export interface CaseFilter {
  state?: readonly IncidentState[] | undefined;
  station?: string | undefined;
  region?: string | undefined;
  code?: string | undefined;
  severity?: Severity | undefined;
  claimed?: 'me' | 'none' | 'any' | undefined;
  due?: 'overdue' | 'hour' | undefined;
  q?: string | undefined;
  sort?: 'newest' | 'clock' | undefined;
}

type Asked = Omit<CaseFilter, 'state'> & { state?: string };

/** As the address of a page and of a question have it. */
const asked = ({ state, ...rest }: CaseFilter): Asked => ({ ...rest, ...(state?.length ? { state: state.join(',') } : {}) });

export const queueQuery = (filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['queue', filter],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listIncidents, { query: { ...asked(filter), limit: CASES_PER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: POLL_MS,
    placeholderData: keepPreviousData,
  });

/** How many cases a filter has, whoever holds them. */
export const countQuery = (filter: CaseFilter) =>
  queryOptions({
    queryKey: ['queue', 'count', filter],
    queryFn: async ({ signal }) =>
      (await call(routes.listIncidents, { query: { ...asked(filter), limit: 1 } }, { signal })).total,
    refetchInterval: POLL_MS,
  });

/** What is due first of what nobody holds. */
export const nextFree = (filter: CaseFilter) =>
  call(routes.listIncidents, { query: { ...asked({ ...filter, claimed: 'none', sort: 'clock' }), limit: 5 } });
