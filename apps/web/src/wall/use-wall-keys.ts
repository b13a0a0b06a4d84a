import { useEffect, useEffectEvent } from 'react';
import { wallKeyOf, type WallKey } from './wall-keys';

type Circumstances = Parameters<typeof wallKeyOf>[1];

/** Calls `onKey` for presses that mean something on the wall; where it did something, the browser's own use is stopped. */
export const useWallKeys = (
  /** Null: the press belongs to somebody else. */
  circumstancesOf: (event: KeyboardEvent) => Circumstances | null,
  onKey: (key: WallKey) => boolean,
): void => {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const circumstances = circumstancesOf(event);
    const key = circumstances && wallKeyOf(event, circumstances);
    if (key && onKey(key)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handle(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
};
