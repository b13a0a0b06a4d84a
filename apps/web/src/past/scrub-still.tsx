import { useState } from 'react';
import { STILL_HEIGHT, STILL_WIDTH, stillOf } from './scrub-sheet';

/** A small still of a moment; nothing where there is none. */
export const ScrubStill = ({ cameraId, at }: { cameraId: string; at: number }) => {
  const { url, x, y } = stillOf(cameraId, at);
  const [missing, setMissing] = useState<string | null>(null);
  if (missing === url) return null;
  return (
    <span className="scrub-still" style={{ inlineSize: STILL_WIDTH, blockSize: STILL_HEIGHT }} data-testid="scrub-still">
      <img key={url} src={url} alt="" style={{ translate: `${-x}px ${-y}px` }} onError={() => setMissing(url)} />
    </span>
  );
};
