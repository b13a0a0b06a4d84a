import { useEffect } from 'react';
import type { PastPlayer } from '../past/past-player';
import type { Stretch } from './played';

/** Begins the range anew whenever playing has passed its end. Null: plays on. */
export const useLoop = (player: PastPlayer, range: Stretch | null): void => {
  const [from, to] = [range?.from ?? null, range?.to ?? null];
  useEffect(() => {
    if (from === null || to === null) return undefined;
    let before = player.getSnapshot().at;
    return player.subscribe(() => {
      const { at, isPlaying } = player.getSnapshot();
      // Somebody who goes beyond the range wants to be there.
      if (isPlaying && before < to && at >= to && at - before < 2000) player.seek(from);
      before = player.getSnapshot().at;
    });
  }, [player, from, to]);
};
