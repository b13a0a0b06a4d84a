import { routes, type IncidentDetail, type Permission, type Ready, type Session } from '@app/contracts';
import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError, call } from './call';
import { mayBeSignedIn, rememberSignedIn } from './session-hint';

const POLL_MS = 15_000;
const STATIONS_PER_PAGE = 24;
const FLAGS_PER_PAGE = 50;
const CAMERAS_PER_ANSWER = 200;

/** A wrong request stays wrong; everything else is worth two more tries. */
const retry = (count: number, error: Error): boolean =>
  count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 5000, refetchOnWindowFocus: true } },
});

export const electionQuery = queryOptions({
  queryKey: ['election'],
  queryFn: ({ signal }) => call(routes.currentElection, {}, { signal }),
  refetchInterval: POLL_MS,
});

export const regionsQuery = queryOptions({
  queryKey: ['regions'],
  queryFn: ({ signal }) => call(routes.listRegions, {}, { signal }),
  select: (answer) => answer.items,
  refetchInterval: POLL_MS,
});

export const stationsQuery = (filter: { q?: string | undefined; region?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['stations', filter],
    queryFn: ({ signal, pageParam }) =>
      call(
        routes.listStations,
        { query: { q: filter.q, region: filter.region, limit: STATIONS_PER_PAGE, cursor: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: POLL_MS,
    placeholderData: keepPreviousData,
  });

export const suggestionsQuery = (q: string) =>
  queryOptions({
    queryKey: ['suggestions', q],
    queryFn: ({ signal }) => call(routes.listStations, { query: { q, limit: 6 } }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });

export const stationQuery = (code: string) =>
  queryOptions({
    queryKey: ['station', code],
    queryFn: ({ signal }) => call(routes.getStation, { params: { code } }, { signal }),
    refetchInterval: POLL_MS,
  });

/** What is on record of a station's day. It grows while people look at it. */
export const timelineQuery = (code: string, { from, to }: { from: number; to: number }) =>
  queryOptions({
    queryKey: ['timeline', code, from, to],
    queryFn: ({ signal }) => call(routes.stationTimeline, { params: { code }, query: rangeOf(from, to) }, { signal }),
    refetchInterval: 10_000,
  });

/** How much of the day up to now is on record, and why the rest is not. */
export const uptimeQuery = (code: string) =>
  queryOptions({
    queryKey: ['uptime', code],
    queryFn: ({ signal }) => call(routes.stationUptime, { params: { code }, query: {} }, { signal }),
    refetchInterval: 30_000,
  });

/** Cameras as operators see them. Thousands of them are many answers: asked again slowly. */
export const camerasQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['cameras', q],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listCameras, { query: { q, limit: CAMERAS_PER_ANSWER, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: POLL_MS,
    placeholderData: keepPreviousData,
  });

/** How the server is. It answers 503 with the same words when it is not well. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }): Promise<Ready> => {
    const response = await fetch('/health/ready', { signal });
    if (!response.ok && response.status !== 503) throw new Error(`The server answered with status ${response.status}.`);
    return (await response.json()) as Ready;
  },
  refetchInterval: 5000,
});

const rangeOf = (from: number, to: number) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });

/** Who is signed in, null for nobody. Asked only where somebody was before, or on pages for staff (`insist`). */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await call(routes.currentSession, {}, { signal });
      rememberSignedIn(true);
      return session;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      rememberSignedIn(false);
      return null;
    }
  },
  staleTime: 60_000,
});

export const useSession = (insist = false) => useQuery({ ...sessionQuery, enabled: insist || mayBeSignedIn() });

export const may = (session: Session | null | undefined, permission: Permission): boolean =>
  session?.permissions.includes(permission) ?? false;

export interface FlagFilter {
  station?: string | undefined;
  severity?: 'S1' | 'S2' | 'S3' | 'S4' | undefined;
  mine?: '1' | undefined;
}

export const flagsQuery = (filter: FlagFilter) =>
  infiniteQueryOptions({
    queryKey: ['flags', filter],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listIncidents, { query: { ...filter, limit: FLAGS_PER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** The newest flags of a station, for its ruler. */
export const stationFlagsQuery = (station: string) =>
  queryOptions({
    queryKey: ['flags', 'of-station', station],
    queryFn: ({ signal }) => call(routes.listIncidents, { query: { station, limit: 200 } }, { signal }),
    refetchInterval: POLL_MS,
  });

/** One flag. Asked again while its clip is being made: the event that says it is ready may be lost. */
export const flagQuery = (id: string) =>
  queryOptions({
    queryKey: ['flag', id],
    queryFn: ({ signal }): Promise<IncidentDetail> => call(routes.getIncident, { params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data && ['waiting', 'cutting'].includes(state.data.clip.state) ? 3000 : false),
  });
