import { Rich } from '../words/rich';
import type { Cover as CoverState } from './cover-words';
import '../styles/cover.css';

/** Words over or instead of the picture: a black rectangle explains nothing. */
export const Cover = ({ cover, cameraName, onPlay }: { cover: CoverState; cameraName: string; onPlay: () => void }) => {
  if (cover.kind === 'none') return null;
  if (cover.kind === 'play')
    return (
      <div className="cover cover-instead">
        <button type="button" className="cover-play" onClick={onPlay}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M8 5v14l11-7z" fill="currentColor" />
          </svg>
          <Rich
            text="station:playCamera"
            values={{ camera: cameraName }}
            components={{ hidden: <span className="visually-hidden" /> }}
          />
        </button>
      </div>
    );
  return (
    <div className={cover.kind === 'over' ? 'cover cover-over' : 'cover cover-instead'} role="status">
      <p className="cover-title">{cover.title}</p>
      {cover.detail !== null && <p className="cover-detail">{cover.detail}</p>}
    </div>
  );
};
