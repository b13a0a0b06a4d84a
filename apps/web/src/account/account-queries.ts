import { routes } from '@app/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call';

const ACCOUNTS_PER_PAGE = 50;

export const ownSessionsQuery = queryOptions({
  queryKey: ['own', 'sessions'],
  queryFn: ({ signal }) => call(routes.listSessions, {}, { signal }),
  select: (answer) => answer.items,
});

export const ownTokensQuery = queryOptions({
  queryKey: ['own', 'tokens'],
  queryFn: ({ signal }) => call(routes.listTokens, {}, { signal }),
  select: (answer) => answer.items,
});

export const factorQuery = queryOptions({
  queryKey: ['own', 'second-factor'],
  queryFn: ({ signal }) => call(routes.getSecondFactor, {}, { signal }),
});

export const accountsQuery = (q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['accounts', q],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listAccounts, { query: { q, limit: ACCOUNTS_PER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
