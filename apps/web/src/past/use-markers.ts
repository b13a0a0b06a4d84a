import type { Session } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { may, stationFlagsQuery } from '../api/queries';
import type { Marker } from './ruler-words';

/** The flags of a station that this person may see, for the ruler. None are published to everybody yet. */
export const useMarkers = (session: Session | null | undefined, stationCode: string): readonly Marker[] => {
  const enabled = may(session, 'incident.read-all') || may(session, 'incident.read-own');
  const { data } = useQuery({ ...stationFlagsQuery(stationCode), enabled });
  return useMemo(
    () =>
      (data?.items ?? [])
        .filter(({ state }) => state !== 'withdrawn')
        .map(({ id, at, codeLabel, number }) => ({ id, at: Date.parse(at), label: `${codeLabel}, flag no. ${number}` }))
        .sort((a, b) => a.at - b.at),
    [data],
  );
};
