import type { IncidentDetail } from '@app/contracts';
import { clockIn, momentIn } from '../time/format';
import { t } from '../words';
import { clipWords } from './clip-words';

/** The footage of the flag: its clip, or in words why there is none yet. */
export const ClipView = ({ incident }: { incident: IncidentDetail }) => {
  const { clip, station } = incident;
  const words = clipWords(clip);
  const at = momentIn(Date.parse(incident.at), station.timezone);
  if (clip.state !== 'ready')
    return (
      <div className="clip-stage clip-words" data-testid="clip-state" data-state={clip.state} role="status">
        {clip.state !== 'failed' && <span className="clip-pulse" aria-hidden="true" />}
        <p className="cover-title">{words.title}</p>
        {words.detail !== null && <p className="cover-detail">{words.detail}</p>}
        {clip.state === 'waiting' && (
          <p className="cover-detail">
            {t('commission:clip.waiting.complete', { time: clockIn(Date.parse(clip.readyAfter), station.timezone) })}
          </p>
        )}
      </div>
    );
  return (
    <div className="clip">
      <div className="clip-stage">
        <video
          className="clip-video"
          src={clip.clipUrl}
          poster={clip.stillUrl ?? undefined}
          data-testid="clip-video"
          aria-label={t('commission:clip.ready.name', { camera: incident.camera.name, station: station.code, time: at })}
          controls
          autoPlay={!window.matchMedia('(prefers-reduced-motion: reduce)').matches}
          muted
          playsInline
        />
      </div>
      <p className="visually-hidden" role="status" data-testid="clip-state" data-state="ready">
        {words.title}
      </p>
      {words.detail !== null && <p className="notice notice-stale">{words.detail}</p>}
      {clip.stillUrl !== null && (
        <figure className="flag-still">
          <img
            src={clip.stillUrl}
            alt={t('commission:clip.ready.frame', { camera: incident.camera.name })}
            width="640"
            height="360"
            loading="lazy"
          />
          <figcaption className="small quiet">{t('commission:clip.ready.frameAt', { time: at })}</figcaption>
        </figure>
      )}
    </div>
  );
};
