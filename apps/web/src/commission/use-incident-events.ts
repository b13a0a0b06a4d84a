import type { EventPayload, Incident, IncidentDetail, Page } from '@app/contracts';
import { useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';
import type { FlagFilter } from '../api/queries';
import { putProgress } from '../evidence/evidence-query';
import { placeIncident } from './place-incident';

export type Connection = 'connecting' | 'live' | 'lost';

type FlagPages = InfiniteData<Page<Incident>, string | undefined>;

/**
 * Keeps the lists and single flags of this page as new as the server's events. Events are hints: whenever the connection
 * is made (again), everything is asked for anew, since what happened meanwhile was not heard.
 */
export const useIncidentEvents = (): Connection => {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const socket = io({ path: '/realtime', transports: ['websocket'], withCredentials: true });
    socket.on('connect', () => {
      setConnection('live');
      void client.invalidateQueries({ queryKey: ['flags'] });
      void client.invalidateQueries({ queryKey: ['flag'] });
      void client.invalidateQueries({ queryKey: ['queue'] });
    });
    socket.on('disconnect', () => setConnection('lost'));
    socket.on('connect_error', () => setConnection('lost'));
    socket.on('IncidentFlagged', ({ incident }: EventPayload<'IncidentFlagged'>) => putIncident(client, incident));
    socket.on('IncidentChanged', ({ incident }: EventPayload<'IncidentChanged'>) => putIncident(client, incident));
    socket.on('EvidenceProgress', (progress: EventPayload<'EvidenceProgress'>) => putProgress(client, progress));
    return () => void socket.disconnect();
  }, [client]);
  return connection;
};

const putIncident = (client: QueryClient, incident: Incident): void => {
  for (const [key] of client.getQueriesData<FlagPages>({ queryKey: ['flags'] })) {
    const filter = (key[1] ?? {}) as FlagFilter;
    if (filter.mine === '1') void client.invalidateQueries({ queryKey: key });
    client.setQueryData<FlagPages>(key, (data) => data && { ...data, pages: placeIncident(data.pages, incident, filter) });
  }
  client.setQueryData<IncidentDetail>(['flag', incident.id], (known) =>
    known && known.version <= incident.version ? { ...known, ...incident } : known,
  );
  // The event carries the flag, not its history.
  void client.invalidateQueries({ queryKey: ['flag', incident.id] });
  askQueueAgain(client);
};

/** Many events come at once when a day is busy; the queue is asked for again a second after the first of them. */
const QUEUE_MS = 1000;
let queueTimer: number | undefined;

function askQueueAgain(client: QueryClient): void {
  queueTimer ??= window.setTimeout(() => {
    queueTimer = undefined;
    void client.invalidateQueries({ queryKey: ['queue'] });
  }, QUEUE_MS);
}
