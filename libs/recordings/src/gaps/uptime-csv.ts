import type { CameraUptime, RecordedGap, StationUptime } from '@app/contracts';
import { csvLine } from '@app/platform';

const UPTIME_COLUMNS = [
  'station',
  'camera_id',
  'camera',
  'from',
  'to',
  'planned_seconds',
  'recorded_seconds',
  'uptime',
  'gap_from',
  'gap_to',
  'cause',
  'actor',
];

/** A line for each gap, and one for a camera without any; a gap that goes on has no end. */
export function uptimeCsv(stationCode: string, { from, to, cameras }: StationUptime): string {
  const line = (camera: CameraUptime, gap?: RecordedGap): string =>
    csvLine([
      ...[stationCode, camera.cameraId, camera.name, from, to],
      ...[camera.plannedSeconds, camera.recordedSeconds, camera.uptime],
      ...[gap?.from, gap?.to, gap?.cause, gap?.actor],
    ]);
  const lines = cameras.flatMap((camera) =>
    camera.gaps.length === 0 ? [line(camera)] : camera.gaps.map((gap) => line(camera, gap)),
  );
  return csvLine(UPTIME_COLUMNS) + lines.join('');
}

export const GAP_COLUMNS = ['region', 'station', 'station_name', 'camera_id', 'camera', 'from', 'to', 'cause', 'actor'];
