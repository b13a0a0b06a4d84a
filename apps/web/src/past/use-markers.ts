import type { PublishedMark, Session } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { may, stationFlagsQuery } from '../api/queries';
import { OUTCOME_WORDS } from '../record/record-words';
import type { Marker } from './ruler-words';

/** The flags of a station for the ruler: what was published, and for staff and observers those they may see. */
export const useMarkers = (
  session: Session | null | undefined,
  stationCode: string,
  published: readonly PublishedMark[],
): readonly Marker[] => {
  const enabled = may(session, 'incident.read-all') || may(session, 'incident.read-own');
  const { data } = useQuery({ ...stationFlagsQuery(stationCode), enabled });
  return useMemo(() => {
    const own = (data?.items ?? [])
      .filter(({ state }) => state !== 'withdrawn')
      .map(({ id, at, codeLabel, number }) => ({ id, at: Date.parse(at), label: `${codeLabel}, flag no. ${number}` }));
    return joined(published.map(publishedMarker), own);
  }, [data, published]);
};

export const publishedMarker = ({ id, at, codeLabel, number, outcome }: PublishedMark): Marker => ({
  id,
  at: Date.parse(at),
  label: `${codeLabel}, no. ${number}: ${OUTCOME_WORDS[outcome].toLowerCase()}`,
});

/** Each once: what was published of it says more. */
export const joined = (published: readonly Marker[], own: readonly Marker[]): Marker[] => {
  const known = new Set(published.map(({ id }) => id));
  return [...published, ...own.filter(({ id }) => !known.has(id))].sort((a, b) => a.at - b.at);
};
