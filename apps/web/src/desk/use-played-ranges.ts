import { routes } from '@app/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/call';
import type { PastPlayer } from '../past/past-player';
import { addPlayed, coversAll, type Stretch } from './played';

/** Told no more often than this while it plays; sooner when the whole range has passed. */
const TELL_MS = 10_000;
const TELL_FULL_MS = 2000;

/** Watches what passes on the screen and tells the server: nobody states a finding on what they did not see. */
export const usePlayedRanges = (id: string, player: PastPlayer, range: Stretch, wasFull: boolean): { isFull: boolean } => {
  const client = useQueryClient();
  const [toldFull, setToldFull] = useState(false);
  const played = useRef<readonly Stretch[]>([]);
  const { from, to } = range;
  useEffect(() => {
    let before = player.getSnapshot().at;
    let lookedAt = performance.now();
    let toldAt = performance.now();
    let told: readonly Stretch[] = played.current;
    let isTelling = false;
    let isDone = false;
    const tell = async () => {
      isTelling = true;
      const telling = played.current;
      try {
        const ranges = telling.slice(-50).map((each) => ({ from: isoOf(each.from), to: isoOf(each.to) }));
        const { full } = await call(routes.recordPlayed, { params: { id }, body: { ranges } });
        [told, isDone] = [telling, full];
        if (full) {
          setToldFull(true);
          void client.invalidateQueries({ queryKey: ['flag', id] });
        }
      } catch {
        // Without an answer it counts as not told: the same stretches are sent again with the next.
      } finally {
        [isTelling, toldAt] = [false, performance.now()];
      }
    };
    return player.subscribe(() => {
      const { at, isPlaying } = player.getSnapshot();
      const now = performance.now();
      if (isPlaying) played.current = addPlayed(played.current, before, at, now - lookedAt);
      [before, lookedAt] = [at, now];
      if (isTelling || isDone || played.current === told) return;
      const isNewlyFull = coversAll(played.current, { from, to }) && !coversAll(told, { from, to });
      if (now - toldAt > (isNewlyFull ? TELL_FULL_MS : TELL_MS)) void tell();
    });
  }, [id, player, from, to, client]);
  return { isFull: wasFull || toldFull };
};

const isoOf = (at: number): string => new Date(Math.round(at)).toISOString();
