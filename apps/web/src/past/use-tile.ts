import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { Player } from '../player/snapshot';
import { holdPicture } from './hold-picture';
import type { PastPlayer } from './past-player';

/** Gives the video to the player of the record while there is one. Null while live. */
export const useTile = (
  past: PastPlayer | null,
  cameraId: string,
  video: RefObject<HTMLVideoElement | null>,
  still: RefObject<HTMLCanvasElement | null>,
): Player | null => {
  const before = useRef(past);
  // Before the one player lets the video go and the other takes it: in between it is empty.
  useLayoutEffect(() => {
    if (before.current !== past && video.current) holdPicture(video.current, still.current);
    before.current = past;
  }, [past, video, still]);
  useEffect(() => {
    if (!past || !video.current) return undefined;
    past.addTile(cameraId, video.current, still.current);
    return () => past.removeTile(cameraId);
  }, [past, cameraId, video, still]);
  return past?.playerOf(cameraId) ?? null;
};
