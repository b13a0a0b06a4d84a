import type { EventPayload } from '@app/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { io } from 'socket.io-client';
import { putProgress } from '../evidence/evidence-query';
import { putIncident } from './put-incident';

export type Connection = 'connecting' | 'live' | 'lost';

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
