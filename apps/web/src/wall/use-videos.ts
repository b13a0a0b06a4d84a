import { useEffect, useState } from 'react';
import { MOST_VIDEOS, limitAfter, nextToStart } from './budget';

const STAGGER_MS = 500;
const LOOK_MS = 10_000;

/** Those of the wanted tiles that play by now: they start one after the other, and stop at once. */
export const usePlaying = (wanted: readonly string[]): readonly string[] => {
  const [started, setStarted] = useState<readonly string[]>([]);
  const playing = started.filter((tile) => wanted.includes(tile));
  const next = nextToStart(playing, wanted);
  const key = playing.join(' ');
  useEffect(() => {
    if (next === undefined) return undefined;
    const timer = window.setTimeout(() => setStarted([...key.split(' ').filter((tile) => tile !== ''), next]), STAGGER_MS);
    return () => window.clearTimeout(timer);
  }, [next, key]);
  return playing;
};

/** How many videos this computer plays without dropping frames, four at most. */
export const useVideoLimit = (): number => {
  const [limit, setLimit] = useState(MOST_VIDEOS);
  useEffect(() => {
    let before = new Map<HTMLVideoElement, VideoPlaybackQuality>();
    const look = () => {
      const now = new Map<HTMLVideoElement, VideoPlaybackQuality>();
      let [total, dropped] = [0, 0];
      for (const video of document.querySelectorAll<HTMLVideoElement>('.tile video')) {
        const quality = video.getVideoPlaybackQuality();
        const last = before.get(video);
        // A tab in the background drops all of them.
        if (last && document.visibilityState === 'visible') {
          total += quality.totalVideoFrames - last.totalVideoFrames;
          dropped += quality.droppedVideoFrames - last.droppedVideoFrames;
        }
        now.set(video, quality);
      }
      before = now;
      setLimit((known) => limitAfter(known, { total, dropped }));
    };
    const timer = window.setInterval(look, LOOK_MS);
    return () => window.clearInterval(timer);
  }, []);
  return limit;
};
