import type { CameraStateName, FaultCode, Severity } from '@app/contracts';

/** When an outage is one, all milliseconds. */
export interface OutageSettings {
  raiseAfterMs: number;
  /** How long a camera has to be well again; each flap doubles it. */
  overAfterMs: number;
  /** Cameras of one region that fail within a minute and are one incident. */
  groupAt: number;
}

/** A camera that comes back late is no outage before. */
const LATE_MS = 20_000;
/** The longest time that a camera which flaps has to be well. */
const LONGEST_OVER_MS = 10 * 60_000;
/** A camera that fails again within this of its last outage goes on with it. */
export const GOES_ON_MS = 10 * 60_000;
/** The last frame before a state counts as its beginning where it lies this near. */
const LAST_FRAME_MS = 15_000;

/** One camera as the database knows it now. Times: epoch ms. */
export interface Observed {
  /** Whether it should be on air. */
  planned: boolean;
  /** Undefined: nobody has told yet. */
  state: CameraStateName | undefined;
  reason: FaultCode | undefined;
  sinceMs: number;
  lastFrameMs: number | undefined;
}

/** An outage that is not over. */
export interface OpenOutage {
  fromMs: number;
  isRaised: boolean;
  /** Since when the camera is well again; undefined: it is not. */
  wellSinceMs: number | undefined;
  flaps: number;
}

export type OutageStep =
  | { kind: 'none' }
  | { kind: 'begin'; fromMs: number }
  /** It was over before anybody had to know. */
  | { kind: 'drop' }
  | { kind: 'raise' }
  | { kind: 'recover'; wellSinceMs: number }
  | { kind: 'relapse' }
  | { kind: 'end'; toMs: number };

/** What comes next in the outage of one camera. */
export function nextStep(outage: OpenOutage | undefined, camera: Observed, nowMs: number, settings: OutageSettings): OutageStep {
  const health = camera.planned ? healthOf(camera) : 'off';
  if (!outage) return health === 'bad' ? { kind: 'begin', fromMs: beginningOf(camera) } : { kind: 'none' };
  if (!outage.isRaised) return unraised(outage, camera, health, nowMs, settings);
  switch (health) {
    case 'off':
      return { kind: 'end', toMs: outage.wellSinceMs ?? nowMs };
    case 'bad':
      return outage.wellSinceMs === undefined ? { kind: 'none' } : { kind: 'relapse' };
    case 'unknown':
      return { kind: 'none' };
    case 'well': {
      const { wellSinceMs } = outage;
      if (wellSinceMs === undefined) return { kind: 'recover', wellSinceMs: Math.max(camera.sinceMs, outage.fromMs) };
      const over = nowMs - wellSinceMs >= overAfterMs(outage.flaps, settings);
      return over ? { kind: 'end', toMs: wellSinceMs } : { kind: 'none' };
    }
  }
}

type Health = 'bad' | 'well' | 'unknown' | 'off';

/** A camera that is being connected is neither: what it was before goes on. */
function healthOf({ state, reason }: Observed): Health {
  switch (state) {
    case 'live':
      return reason === 'clock-off' ? 'bad' : 'well';
    case 'down':
    case 'dark':
    case 'frozen':
    case 'late':
      return 'bad';
    case 'starting':
    case undefined:
      return 'unknown';
    case 'planned-off':
      return 'off';
  }
}

function unraised(outage: OpenOutage, camera: Observed, health: Health, nowMs: number, settings: OutageSettings): OutageStep {
  if (health === 'well' || health === 'off') return { kind: 'drop' };
  const wait = camera.state === 'late' ? Math.max(LATE_MS, settings.raiseAfterMs) : settings.raiseAfterMs;
  return health === 'bad' && nowMs - outage.fromMs >= wait ? { kind: 'raise' } : { kind: 'none' };
}

/** Silence is told only after a while, so it begins with the last frame. */
function beginningOf({ state, sinceMs, lastFrameMs }: Observed): number {
  if (state === 'live') return sinceMs;
  if (lastFrameMs === undefined || lastFrameMs > sinceMs || sinceMs - lastFrameMs > LAST_FRAME_MS) return sinceMs;
  return lastFrameMs;
}

function overAfterMs(flaps: number, { overAfterMs: once }: OutageSettings): number {
  return Math.min(once * 2 ** Math.min(flaps, 10), Math.max(once, LONGEST_OVER_MS));
}

/** What is at fault with the recording and not with the camera, and what shows time that is not. */
const OF_THE_RECORDING: ReadonlySet<FaultCode> = new Set([
  'picture-still',
  'picture-frozen',
  'clock-off',
  'late',
  'timestamps-jumped',
  'clock-stepped',
  'packager-lost',
  'packager-stopped',
  'packager-restarted',
  'no-packager',
  'lease-lost',
  'storage-failed',
  'disk-full',
  'volume-missing',
  'encoder-failed',
]);

/** CAM-01: the camera shows nothing. CAM-02: what is recorded has a gap, stands still or is late. */
export function codeOf(reason: FaultCode | undefined): 'CAM-01' | 'CAM-02' {
  return reason !== undefined && OF_THE_RECORDING.has(reason) ? 'CAM-02' : 'CAM-01';
}

/** What happens in the count can be seen only once. */
export function severityOf(fromMs: number, { closesMs, endsMs }: { closesMs: number; endsMs: number }): Severity {
  return fromMs >= closesMs && fromMs < endsMs ? 'S1' : 'S2';
}
