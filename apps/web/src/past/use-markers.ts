import type { PublishedMark, Session } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCodeLabel } from '../api/incident-codes';
import { may, stationFlagsQuery } from '../api/queries';
import type { Marker } from './ruler-words';

/** The flags of a station for the ruler: what was published, and for staff and observers those they may see. */
export const useMarkers = (
  session: Session | null | undefined,
  stationCode: string,
  published: readonly PublishedMark[],
): readonly Marker[] => {
  const enabled = may(session, 'incident.read-all') || may(session, 'incident.read-own');
  const { data } = useQuery({ ...stationFlagsQuery(stationCode), enabled });
  const labelOf = useCodeLabel();
  return useMemo(() => {
    const markerOf = (flag: Pick<PublishedMark, 'id' | 'at' | 'code' | 'codeLabel' | 'number'>): Omit<Marker, 'outcome'> => ({
      id: flag.id,
      at: Date.parse(flag.at),
      number: flag.number,
      label: labelOf(flag),
    });
    const own = (data?.items ?? []).filter(({ state }) => state !== 'withdrawn');
    return joined(
      published.map((mark) => ({ ...markerOf(mark), outcome: mark.outcome })),
      own.map((flag) => ({ ...markerOf(flag), outcome: null })),
    );
  }, [data, published, labelOf]);
};

/** Each once: what was published of it says more. */
export const joined = (published: readonly Marker[], own: readonly Marker[]): Marker[] => {
  const known = new Set(published.map(({ id }) => id));
  return [...published, ...own.filter(({ id }) => !known.has(id))].sort((a, b) => a.at - b.at);
};
