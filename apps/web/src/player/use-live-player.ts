import { useEffect, useState, useSyncExternalStore, type RefObject } from 'react';
import type { HlsConfig } from 'hls.js';
import type { LivePlayer } from './live-player';
import { INITIAL_SNAPSHOT, type Player, type PlayerSnapshot } from './snapshot';

// Asked for as soon as a page with video is: the page's words do not wait for it.
const playerModule = import('./live-player');

const nothing = () => () => undefined;

/** A player on the element while `enabled`; null until its code has come, and while there is none. */
export const useLivePlayer = (
  video: RefObject<HTMLVideoElement | null>,
  url: string,
  enabled: boolean,
  /** The same object each time: another one is another player. */
  settings?: Partial<HlsConfig>,
): LivePlayer | null => {
  const [player, setPlayer] = useState<LivePlayer | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!element || !enabled) return undefined;
    let live: LivePlayer | null = null;
    let wanted = true;
    void playerModule.then((module) => {
      if (!wanted) return;
      live = new module.LivePlayer(element, url, settings);
      setPlayer(live);
    });
    return () => {
      wanted = false;
      live?.destroy();
      setPlayer(null);
    };
  }, [video, url, enabled, settings]);
  return player;
};

/** What the player shows, renewed four times a second. */
export const usePlayerSnapshot = (player: Player | null): PlayerSnapshot =>
  useSyncExternalStore(player?.subscribe ?? nothing, player?.getSnapshot ?? (() => INITIAL_SNAPSHOT));
