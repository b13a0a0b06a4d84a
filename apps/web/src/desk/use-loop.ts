import { useEffect } from 'react';
import type { PastPlayer } from '../past/past-player';
import { isPlayed, type Stretch } from './played';

/** Begins the range anew whenever playing has passed its end. Null: plays on. */
export const useLoop = (player: PastPlayer, range: Stretch | null): void => {
  const [from, to] = [range?.from ?? null, range?.to ?? null];
  useEffect(() => {
    if (from === null || to === null) return undefined;
    let before = player.getSnapshot().at;
    let lookedAt = performance.now();
    return player.subscribe(() => {
      const { at, isPlaying } = player.getSnapshot();
      // Somebody who goes beyond the range wants to be there.
      const now = performance.now();
      if (isPlaying && before < to && at >= to && isPlayed(before, at, now - lookedAt)) player.seek(from);
      [before, lookedAt] = [player.getSnapshot().at, now];
    });
  }, [player, from, to]);
};
