import type { PublishedMark, Station } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import { timelineQuery } from '../api/queries';
import { serverClock } from '../api/server-clock';
import { dayOf } from './day';
import type { CameraRecord, Span } from './day-record';
import { recordsOf } from './day-record';
import type { PastPlayer } from './past-player';
import type { PastSnapshot } from './past-snapshot';

/** Nearer to now than this there is nothing on record yet to go to: it is live. */
const LIVE_EDGE_MS = 15_000;

const NO_RECORDS: ReadonlyMap<string, CameraRecord> = new Map();
const NONE_PUBLISHED: readonly PublishedMark[] = [];
const nothing = () => () => undefined;

export interface Past {
  day: Span;
  records: ReadonlyMap<string, CameraRecord>;
  /** Incidents of the day that were published. */
  published: readonly PublishedMark[];
  /** Plays the record; null while the station is shown live. */
  player: PastPlayer | null;
  /** Shows a moment of the day; one at the edge of live shows live. */
  goTo: (at: number) => void;
  goLive: () => void;
}

/** The newest moment that can be gone to. */
export const newestMoment = (now = serverClock.now()): number => now - LIVE_EDGE_MS;

/** Whether the station is shown live or from its record, and what there is to go to. `start`: a moment to begin with. */
export const usePast = (station: Station, start: number | null, onLeave: () => void): Past => {
  const [player, setPlayer] = useState<PastPlayer | null>(null);
  const day = useMemo(() => dayOf(station, start ?? serverClock.now()), [station, start]);
  const { data, dataUpdatedAt } = useQuery(timelineQuery(station.code, day));
  const records = useMemo(() => (data ? recordsOf(data) : NO_RECORDS), [data]);
  const readAt = dataUpdatedAt + serverClock.offsetMs;

  useEffect(() => player?.know({ records, readAt }), [player, records, readAt]);
  useEffect(() => () => player?.destroy(), [player]);

  const goLive = useCallback(() => {
    setPlayer(null);
    onLeave();
  }, [onLeave]);
  const goTo = useCallback(
    (at: number) => {
      if (at > newestMoment()) return goLive();
      if (player) return player.seek(at);
      void import('./past-player').then((module) => setPlayer(new module.PastPlayer(at, { records, readAt })));
    },
    [player, goLive, records, readAt],
  );
  // Only the address that the page was opened with counts; later moves are the person's.
  const open = useEffectEvent(() => start !== null && goTo(start));
  useEffect(() => void open(), []);
  return { day, records, published: data?.incidents ?? NONE_PUBLISHED, player, goTo, goLive };
};

/** What the player of the record shows, renewed four times a second; null while live. */
export const usePastSnapshot = (player: PastPlayer | null): PastSnapshot | null =>
  useSyncExternalStore<PastSnapshot | null>(player?.subscribe ?? nothing, player?.getSnapshot ?? (() => null));
