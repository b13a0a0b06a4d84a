import { routes, type Incident } from '@app/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/call';

/** Who may take the claim of a case now. */
export const recipientsQuery = (id: string) =>
  queryOptions({
    queryKey: ['recipients', id],
    queryFn: ({ signal }) => call(routes.listRecipients, { params: { id } }, { signal }),
    select: (answer) => answer.items,
    staleTime: 0,
  });

/** Events bring it at once where a page listens to them; this is how late it can be elsewhere. */
const POLL_MS = 20_000;

/** What one holds. Its name begins like those of queues: events ask for it again as for them. */
export const heldQuery = queryOptions({
  queryKey: ['queue', 'held'],
  queryFn: ({ signal }) => call(routes.listIncidents, { query: { claimed: 'me', limit: 50 } }, { signal }),
  select: (answer) => answer.items,
  refetchInterval: POLL_MS,
});

/** One handing over: the same case may come again. */
export const handingOf = ({ id, holder }: Pick<Incident, 'id' | 'holder'>): string | null =>
  holder?.handed ? `${id} ${holder.handed.at}` : null;

/** Cases that were handed to their holder and not looked at since. */
export const newlyHanded = <T extends Pick<Incident, 'id' | 'holder'>>(held: readonly T[], seen: ReadonlySet<string>): T[] =>
  held.filter((incident) => {
    const handing = handingOf(incident);
    return handing !== null && !seen.has(handing);
  });
