import type { IncidentDetail } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { timelineQuery } from '../api/queries';
import { serverClock } from '../api/server-clock';
import { recordsOf } from '../past/day-record';
import type { PastPlayer } from '../past/past-player';

/** What can be gone to before and after the flagged range. */
const AROUND_MS = 10 * 60_000;

/** Plays the record around a case, from the beginning of its range. Null until it is known what is on record. */
export const useCasePlayer = ({ station, from, to }: Pick<IncidentDetail, 'station' | 'from' | 'to'>): PastPlayer | null => {
  const around = useMemo(() => ({ from: Date.parse(from) - AROUND_MS, to: Date.parse(to) + AROUND_MS }), [from, to]);
  const { data, dataUpdatedAt } = useQuery(timelineQuery(station.code, around));
  const [player, setPlayer] = useState<PastPlayer | null>(null);
  const knowledge = useMemo(
    () => data && { records: recordsOf(data), readAt: dataUpdatedAt + serverClock.offsetMs },
    [data, dataUpdatedAt],
  );
  useEffect(() => {
    if (!knowledge) return undefined;
    if (player) return player.know(knowledge);
    let isGone = false;
    void import('../past/past-player').then((module) => {
      if (!isGone) setPlayer(new module.PastPlayer(Date.parse(from), knowledge));
    });
    return () => void (isGone = true);
  }, [knowledge, player, from]);
  useEffect(() => () => player?.destroy(), [player]);
  return player;
};
