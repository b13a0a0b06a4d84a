import { type CameraState, type CameraStateName, type FaultCode, FAULTS, type ManagedCamera } from '@app/contracts';
import { type ElectionTimes, isBroadcasting, type OwnTimes, timesAt } from './election';

/** What the database knows of a camera and its packager, in one row. */
export interface CameraRow extends OwnTimes {
  id: string;
  station_id: string;
  station_code: string;
  name: string;
  position: number;
  enabled: boolean;
  created_at: Date;
  source_kind: ManagedCamera['source']['kind'];
  source_display: string;
  has_credentials: boolean;
  state: CameraStateName | null;
  state_generation: number | null;
  since: Date | null;
  reason_code: FaultCode | null;
  last_frame_at: Date | null;
  codec: string | null;
  audio_codec: string | null;
  width: number | null;
  height: number | null;
  fps: number | null;
  bitrate: number | null;
  lease_generation: number | null;
  lease_expires_at: Date | null;
}

/** What came of the camera, and when last. */
type Reported = Pick<CameraRow, 'last_frame_at' | 'codec' | 'audio_codec' | 'width' | 'height' | 'fps' | 'bitrate'>;

/** States that only a living owner of the camera can vouch for. */
const OWNED: ReadonlySet<CameraStateName> = new Set(['live', 'late', 'frozen', 'dark']);

/**
 * What is true of a camera now. The operator's switch and the calendar come first; then what its packager reported,
 * unless that packager is gone: the last words of a dead process are not the state of a camera.
 */
export function cameraState(row: CameraRow, election: ElectionTimes, now: Date): CameraState {
  const times = timesAt(row, election);
  if (!row.enabled) return without(row, 'planned-off', 'switched-off', row.state === 'planned-off' ? row.since : row.created_at);
  if (!isBroadcasting(times, now)) return without(row, 'planned-off', 'not-scheduled', offSince(row, times, now));
  if (row.state === null || row.state === 'planned-off') return without(row, 'starting', 'waiting-for-start', row.since);
  const isOwned = row.lease_expires_at !== null && row.lease_expires_at > now;
  if (OWNED.has(row.state) && !isOwned) return without(row, 'down', 'packager-lost', row.lease_expires_at ?? row.since);
  if (OWNED.has(row.state) && row.lease_generation !== row.state_generation)
    return without(row, 'starting', 'connecting', row.since);
  return reportedState({ ...row, state: row.state, since: row.since ?? row.created_at });
}

/** A camera's state as its packager reported it, in the words of the contract. */
export function reportedState(
  row: Reported & { state: CameraStateName; since: Date; reason_code: FaultCode | null },
): CameraState {
  return {
    ...seen(row),
    state: row.state,
    since: row.since.toISOString(),
    reason: row.reason_code === null ? null : reasonOf(row.reason_code),
  };
}

export function toManagedCamera(row: CameraRow, election: ElectionTimes, now: Date): ManagedCamera {
  return {
    id: row.id,
    stationCode: row.station_code,
    name: row.name,
    position: row.position,
    enabled: row.enabled,
    state: cameraState(row, election, now),
    source: { kind: row.source_kind, display: row.source_display, hasCredentials: row.has_credentials },
  };
}

function offSince(row: CameraRow, { countEndsAt }: ElectionTimes, now: Date): Date {
  return now >= countEndsAt ? countEndsAt : row.created_at;
}

function without(row: CameraRow, state: CameraStateName, reason: FaultCode, since: Date | null): CameraState {
  return { ...seen(row), state, since: (since ?? row.created_at).toISOString(), reason: reasonOf(reason) };
}

function reasonOf(code: FaultCode): NonNullable<CameraState['reason']> {
  return { code, message: FAULTS[code] };
}

function seen(row: Reported) {
  return {
    lastFrameAt: row.last_frame_at?.toISOString() ?? null,
    codec: row.codec,
    audioCodec: row.audio_codec,
    width: row.width,
    height: row.height,
    fps: row.fps,
    bitrate: row.bitrate,
  };
}
