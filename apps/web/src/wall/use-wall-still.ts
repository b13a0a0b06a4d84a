import { useEffect, useState } from 'react';
import { serverClock } from '../api/server-clock';

/** A picture of a camera. `at`: UTC of its frame, epoch ms, as the server tells it. */
export interface WallStill {
  url: string;
  at: number;
}

const EVERY_MS = 4000;
/** An older picture is not shown as if it were now. */
const TOO_OLD_MS = 60_000;

/** The same address for all walls within a few seconds, so that caches answer most of them. */
export const wallStillUrl = (cameraId: string, now: number): string =>
  `/hls/${encodeURIComponent(cameraId)}/still.jpg?at=${encodeURIComponent(new Date(Math.floor(now / EVERY_MS) * EVERY_MS).toISOString())}`;

/** Pictures of a camera, a new one every few seconds; null before the first, and when the last is old. */
export const useWallStill = (cameraId: string, wanted: boolean): WallStill | null => {
  const [still, setStill] = useState<WallStill | null>(null);
  useEffect(() => {
    if (!wanted) return undefined;
    const leaving = new AbortController();
    let shown: WallStill | null = null;
    const show = (next: WallStill | null) => {
      if (shown) URL.revokeObjectURL(shown.url);
      shown = next;
      setStill(next);
    };
    const renew = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        const next = await fetchStill(cameraId, leaving.signal);
        if (leaving.signal.aborted) URL.revokeObjectURL(next.url);
        else show(next);
      } catch {
        // The last picture stays, with its time; an old one would be taken for now.
        if (!leaving.signal.aborted && shown && serverClock.now() - shown.at > TOO_OLD_MS) show(null);
      }
    };
    void renew();
    const timer = window.setInterval(() => void renew(), EVERY_MS);
    return () => {
      leaving.abort();
      window.clearInterval(timer);
      show(null);
    };
  }, [cameraId, wanted]);
  return still;
};

/** Decoded before it is shown: the former picture stays until then. */
const fetchStill = async (cameraId: string, signal: AbortSignal): Promise<WallStill> => {
  const asked = serverClock.now();
  const response = await fetch(wallStillUrl(cameraId, asked), { signal });
  if (!response.ok) throw new Error(`No picture: ${response.status}`);
  const taken = Date.parse(response.headers.get('x-frame-time') ?? '');
  const url = URL.createObjectURL(await response.blob());
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
  return { url, at: Number.isNaN(taken) ? asked : taken };
};
