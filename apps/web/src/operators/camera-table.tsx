import type { CameraStateName, ManagedCamera, Uptime } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { uptimeText } from '../past/uptime-words';
import { cameraBadge } from '../station/camera-words';
import { StateBadge } from '../station/state-badge';
import { momentIn, sinceIn } from '../time/format';
import { useNow } from '../shell/now';
import { t } from '../words';

type Row = ManagedCamera & { day: Uptime };

interface Props {
  cameras: readonly Row[];
  /** Of how many the rows are a part, and how many come before them. */
  total: number;
  first: number;
}

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const CameraTable = ({ cameras, total, first }: Props) => {
  const now = useNow(5000);
  return (
    <table className="camera-table" aria-rowcount={total + 1}>
      <caption className="visually-hidden">{t('operators:caption')}</caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">{t('operators:columns.station')}</th>
          <th scope="col">{t('operators:columns.camera')}</th>
          <th scope="col">{t('operators:columns.state')}</th>
          <th scope="col">{t('operators:columns.since')}</th>
          <th scope="col">{t('operators:columns.why')}</th>
          <th scope="col">{t('operators:columns.onRecord')}</th>
        </tr>
      </thead>
      <tbody>
        {cameras.map((camera, index) => (
          <CameraRow key={camera.id} camera={camera} now={now} rowIndex={first + index + 2} />
        ))}
      </tbody>
    </table>
  );
};

/** Without the time, which has a column of its own. */
const labelOf = (state: CameraStateName, label: string): string =>
  state === 'down' || state === 'frozen' || state === 'dark' ? t(`operators:states.${state}`) : label;

const CameraRow = ({ camera, now, rowIndex }: { camera: Row; now: number; rowIndex: number }) => {
  const badge = cameraBadge(camera.state, now, ZONE);
  const since = Date.parse(camera.state.since);
  return (
    <tr aria-rowindex={rowIndex} data-testid="camera-row" data-state={camera.state.state}>
      <td data-label={t('operators:columns.station')} className="camera-station">
        <Link to="/s/$code" params={{ code: camera.stationCode }} search={{ cam: camera.position }} className="code">
          {camera.stationCode}
        </Link>
      </td>
      <th scope="row" dir="auto">
        {camera.name}
      </th>
      <td data-label={t('operators:columns.state')} className="camera-state">
        <StateBadge badge={{ ...badge, label: labelOf(camera.state.state, badge.label) }} />
      </td>
      <td data-label={t('operators:columns.since')}>
        <time dateTime={camera.state.since} title={momentIn(since, ZONE)}>
          {sinceIn(since, now, ZONE)}
        </time>
      </td>
      <td data-label={t('operators:columns.why')} className="camera-why">
        {badge.reason ?? ''}
      </td>
      <td data-label={t('operators:columns.onRecord')}>{uptimeText(camera.day)}</td>
    </tr>
  );
};
