import type { Incident, IncidentDetail, Page } from '@app/contracts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { sessionQuery, type FlagFilter } from '../api/queries';
import { placeInQueue } from '../desk/place-in-queue';
import type { CaseFilter } from '../desk/queries';
import { placeIncident } from './place-incident';

type Pages = InfiniteData<Page<Incident>, string | undefined>;

/** Puts an incident as it is now, by an event or an answer, into all that is shown of it. */
export const putIncident = (client: QueryClient, incident: Incident): void => {
  putIntoFlags(client, incident);
  client.setQueryData<IncidentDetail>(['flag', incident.id], (known) =>
    known && known.version <= incident.version ? { ...known, ...incident } : known,
  );
  // The event carries the flag, not its history.
  void client.invalidateQueries({ queryKey: ['flag', incident.id] });
  putIntoQueue(client, incident);
};

/** Lists come in pages; what else is asked of flags, for the ruler of a station, is asked again by itself. */
const listsOf = <Filter>(client: QueryClient, name: 'flags' | 'queue'): [Filter, Pages][] =>
  client
    .getQueriesData<Pages>({ queryKey: [name] })
    .filter((entry): entry is [(typeof entry)[0], Pages] => Array.isArray(entry[1]?.pages))
    .map(([key, data]) => [(key[1] ?? {}) as Filter, data]);

const putIntoFlags = (client: QueryClient, incident: Incident): void => {
  for (const [filter, data] of listsOf<FlagFilter>(client, 'flags')) {
    if (filter.mine === '1') void client.invalidateQueries({ queryKey: ['flags', filter] });
    client.setQueryData<Pages>(['flags', filter], { ...data, pages: placeIncident(data.pages, incident, filter) });
  }
};

const putIntoQueue = (client: QueryClient, incident: Incident): void => {
  const userId = client.getQueryData(sessionQuery.queryKey)?.user.id;
  for (const [filter, data] of listsOf<CaseFilter>(client, 'queue')) {
    const { pages, isToAsk } = placeInQueue(data.pages, incident, filter, userId);
    client.setQueryData<Pages>(['queue', filter], { ...data, pages });
    if (isToAsk) askQueueAgain(client);
  }
  for (const part of ['count', 'of-station']) void client.invalidateQueries({ queryKey: ['queue', part] });
};

/** Many events come at once when a day is busy; the queue is asked for again a second after the first of them. */
const QUEUE_MS = 1000;
let queueTimer: ReturnType<typeof setTimeout> | undefined;

function askQueueAgain(client: QueryClient): void {
  queueTimer ??= setTimeout(() => {
    queueTimer = undefined;
    void client.invalidateQueries({ queryKey: ['queue'] });
  }, QUEUE_MS);
}
