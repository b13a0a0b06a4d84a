import type { Station } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { cameraBadge, hasPicture, stationBadge } from '../station/camera-words';
import { StateBadge } from '../station/state-badge';
import { t } from '../words';
import { Still } from './still';

const CAMERAS_ON_CARD = 2;

export const StationCard = ({ station, now }: { station: Station; now: number }) => {
  const badge = stationBadge(station);
  return (
    <li>
      <Link to="/s/$code" params={{ code: station.code }} className="card" data-testid="station-card">
        <div className="card-stills">
          {station.cameras.slice(0, CAMERAS_ON_CARD).map((camera) => (
            <Still
              key={camera.id}
              cameraId={camera.id}
              alt={t('start:stillOf', { camera: camera.name })}
              wanted={hasPicture(camera.state)}
              words={cameraBadge(camera.state, now, station.timezone).label}
            />
          ))}
          {station.cameras.length === 0 && (
            <div className="still">
              <p className="still-words">{t('start:noCameras')}</p>
            </div>
          )}
        </div>
        <div className="card-body">
          <p className="card-head">
            <bdi className="code">{station.code}</bdi>
            <StateBadge badge={badge} />
          </p>
          <p className="card-name" dir="auto">
            {station.name}
          </p>
          <p className="quiet small" dir="auto">
            {station.address ?? station.regionPath.join(' · ')}
          </p>
          {badge.reason !== null && badge.tone !== 'live' && <p className="card-reason small">{badge.reason}</p>}
        </div>
      </Link>
    </li>
  );
};
