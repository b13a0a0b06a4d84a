import { REFERENCE_HEADER, routes, type AccreditationDocument, type AccreditationState, type ObserverKind } from '@app/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call';

const PER_PAGE = 50;
const POLL_MS = 15_000;
const by = (reference: string) => ({ [REFERENCE_HEADER]: reference });

export const ownApplicationQuery = (reference: string) =>
  queryOptions({
    queryKey: ['own-application', reference],
    queryFn: ({ signal }) => call(routes.ownApplication, {}, { signal, headers: by(reference) }),
    refetchInterval: 30_000,
  });

export const ownBadgeQuery = (reference: string) =>
  queryOptions({
    queryKey: ['own-badge', reference],
    queryFn: ({ signal }) => call(routes.ownBadge, {}, { signal, headers: by(reference) }),
  });

export const answerQuestion = (reference: string, answer: string) =>
  call(routes.answerAccreditation, { body: { answer } }, { headers: by(reference) });

export const openAccount = (reference: string, password: string) =>
  call(routes.openObserverAccount, { body: { password } }, { headers: by(reference) });

export const linkAccount = (reference: string) => call(routes.linkObserverAccount, {}, { headers: by(reference) });

export const sendDocument = (reference: string, file: File): Promise<AccreditationDocument> =>
  call(
    routes.addAccreditationDocument,
    { query: { name: file.name } },
    { headers: by(reference), raw: { type: 'application/octet-stream', content: file } },
  );

export const checkQuery = (number: string) =>
  queryOptions({
    queryKey: ['accreditation-check', number],
    queryFn: ({ signal }) => call(routes.checkAccreditation, { params: { number } }, { signal }),
    staleTime: 0,
  });

export const statisticsQuery = queryOptions({
  queryKey: ['accreditation-statistics'],
  queryFn: ({ signal }) => call(routes.accreditationStatistics, {}, { signal }),
});

export interface QueueFilter {
  state?: AccreditationState | 'open' | undefined;
  kind?: ObserverKind | undefined;
  q?: string | undefined;
  overdue?: '1' | undefined;
}

export const queueQuery = (filter: QueueFilter) =>
  infiniteQueryOptions({
    queryKey: ['accreditations', filter],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listAccreditations, { query: { ...filter, limit: PER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });

export const accreditationQuery = (id: string) =>
  queryOptions({
    queryKey: ['accreditation', id],
    queryFn: ({ signal }) => call(routes.getAccreditation, { params: { id } }, { signal }),
  });

export const badgeQuery = (id: string) =>
  queryOptions({
    queryKey: ['accreditation-badge', id],
    queryFn: ({ signal }) => call(routes.accreditationBadge, { params: { id } }, { signal }),
  });

export const importList = (file: Blob, dryRun: boolean) =>
  call(routes.importAccreditations, { query: dryRun ? { dryRun: '1' } : {} }, { raw: { type: 'text/csv', content: file } });
