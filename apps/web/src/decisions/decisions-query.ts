import { routes, OUTCOMES, type DecisionsQuery } from '@app/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call';

/** What the log is narrowed to, as it stands in the address. */
export type DecisionsFilter = Partial<Omit<DecisionsQuery, 'limit' | 'cursor'>>;

const PER_PAGE = 50;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const textIn = (value: unknown): string | undefined => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) : '';
  return text === '' ? undefined : text;
};
const flagIn = (value: unknown): '0' | '1' | undefined => (['0', '1'] as const).find((known) => known === textIn(value));

/** What is not understood is left out. */
export const decisionsFilterOf = (given: Record<string, unknown>): DecisionsFilter => {
  const region = textIn(given['region']);
  const all: { [K in keyof DecisionsFilter]: DecisionsFilter[K] | undefined } = {
    outcome: OUTCOMES.find((known) => known === given['outcome']),
    code: textIn(given['code'])?.slice(0, 20),
    region: region !== undefined && ID.test(region) ? region : undefined,
    decider: textIn(given['decider']),
    overdue: flagIn(given['overdue']),
    sampled: flagIn(given['sampled']),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

export const decisionsQuery = (filter: DecisionsFilter) =>
  infiniteQueryOptions({
    queryKey: ['decisions', filter],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listDecisions, { query: { ...filter, limit: PER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const timelinessQuery = queryOptions({
  queryKey: ['timeliness'],
  queryFn: ({ signal }) => call(routes.timeliness, {}, { signal }),
  select: (answer) => answer.items,
  staleTime: 60_000,
});
