import type { ManagedCamera, Uptime } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { uptimeText } from '../past/uptime-words';
import { cameraBadge } from '../station/camera-words';
import { StateBadge } from '../station/state-badge';
import { momentIn, sinceIn } from '../time/format';
import { useNow } from '../shell/now';

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
      <caption className="visually-hidden">Cameras by station, times of this computer</caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">Station</th>
          <th scope="col">Camera</th>
          <th scope="col">State</th>
          <th scope="col">Since</th>
          <th scope="col">Why</th>
          <th scope="col">On record today</th>
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

const STATE_WORDS: Partial<Record<ManagedCamera['state']['state'], string>> = {
  down: 'No signal',
  frozen: 'No new picture',
  dark: 'Dark picture',
};

const CameraRow = ({ camera, now, rowIndex }: { camera: Row; now: number; rowIndex: number }) => {
  const badge = cameraBadge(camera.state, now, ZONE);
  const since = Date.parse(camera.state.since);
  return (
    <tr aria-rowindex={rowIndex} data-testid="camera-row" data-state={camera.state.state}>
      <td data-label="Station">
        <Link to="/s/$code" params={{ code: camera.stationCode }} search={{ cam: camera.position }} className="code">
          {camera.stationCode}
        </Link>
      </td>
      <th scope="row" dir="auto">
        {camera.name}
      </th>
      <td data-label="State">
        <StateBadge badge={{ ...badge, label: STATE_WORDS[camera.state.state] ?? badge.label }} />
      </td>
      <td data-label="Since">
        <time dateTime={camera.state.since} title={momentIn(since, ZONE)}>
          {sinceIn(since, now, ZONE)}
        </time>
      </td>
      <td data-label="Why" className="camera-why">
        {badge.reason ?? ''}
      </td>
      <td data-label="On record today">{uptimeText(camera.day)}</td>
    </tr>
  );
};
