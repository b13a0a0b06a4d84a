import { useEffect, useRef, useState } from 'react';
import { serverClock } from '../api/server-clock';
import { t } from '../words';

const REFRESH_MS = 10_000;
/** An older picture is not shown as if it were now. */
const TOO_OLD_MS = 60_000;

/** The same address for every viewer within ten seconds, so that caches answer most of them. */
export const stillUrl = (cameraId: string, at: number): string =>
  `/hls/${encodeURIComponent(cameraId)}/still.jpg?at=${encodeURIComponent(new Date(Math.floor(at / REFRESH_MS) * REFRESH_MS).toISOString())}`;

type Shown = { kind: 'loading' } | { kind: 'picture'; url: string; at: number } | { kind: 'failed' };

/**
 * The latest picture of a camera, renewed while it is in view. The former one stays until the next has been decoded.
 * `words`: shown where there is no picture.
 */
export const Still = ({ cameraId, alt, wanted, words }: { cameraId: string; alt: string; wanted: boolean; words: string }) => {
  const frame = useRef<HTMLDivElement>(null);
  const visible = useVisible(frame);
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });

  useEffect(() => {
    if (!visible || !wanted) return undefined;
    let current = true;
    const load = () => {
      const at = serverClock.now();
      const url = stillUrl(cameraId, at);
      decoded(url).then(
        () => current && setShown({ kind: 'picture', url, at }),
        () => current && setShown((last) => (last.kind === 'picture' && at - last.at < TOO_OLD_MS ? last : { kind: 'failed' })),
      );
    };
    load();
    const timer = window.setInterval(() => document.visibilityState === 'visible' && load(), REFRESH_MS);
    return () => {
      current = false;
      window.clearInterval(timer);
    };
  }, [cameraId, visible, wanted]);

  return (
    <div ref={frame} className="still">
      {wanted && shown.kind === 'picture' ? (
        <img src={shown.url} alt={alt} width="640" height="360" />
      ) : (
        <p className="still-words">{wanted && shown.kind === 'loading' ? '' : wanted ? t('start:noPicture') : words}</p>
      )}
    </div>
  );
};

const decoded = async (url: string): Promise<void> => {
  const image = new Image();
  image.src = url;
  await image.decode();
};

const useVisible = (target: React.RefObject<Element | null>): boolean => {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!target.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting ?? false), { rootMargin: '100px' });
    observer.observe(target.current);
    return () => observer.disconnect();
  }, [target]);
  return visible;
};
