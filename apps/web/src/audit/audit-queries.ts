import { routes } from '@app/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call';
import type { AuditFilter } from './audit-filter';

const EVENTS_PER_PAGE = 50;

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) =>
      call(routes.searchAudit, { query: { ...filter, limit: EVENTS_PER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const ownAuditQuery = infiniteQueryOptions({
  queryKey: ['audit', 'own'],
  queryFn: ({ signal, pageParam }) => call(routes.ownAudit, { query: { limit: 20, cursor: pageParam } }, { signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const chainsQuery = queryOptions({
  queryKey: ['audit-chains'],
  queryFn: ({ signal }) => call(routes.auditChains, {}, { signal }),
  select: (answer) => answer.items,
});
