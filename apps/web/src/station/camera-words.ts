import type { CameraState, Station } from '@app/contracts';
import { sinceIn } from '../time/format';
import type { PlayerState } from '../player/snapshot';

/** Status is told by colour, shape and word together; the tone picks colour and shape. */
export type Tone = 'live' | 'late' | 'down' | 'wait' | 'off';

export interface Badge {
  tone: Tone;
  label: string;
  /** Why, in words; null when there is nothing to explain. */
  reason: string | null;
}

/** What is said of a camera: its state, since when, and why. */
export const cameraBadge = (camera: CameraState, now: number, timezone: string): Badge => {
  const since = sinceIn(Date.parse(camera.since), now, timezone);
  const reason = camera.reason?.message ?? null;
  switch (camera.state) {
    case 'live':
      return { tone: 'live', label: 'Live', reason: null };
    case 'late':
      return { tone: 'late', label: 'Late', reason };
    case 'starting':
      return { tone: 'wait', label: 'Starting', reason };
    case 'down':
      return { tone: 'down', label: `No signal since ${since}`, reason };
    case 'frozen':
      return {
        tone: 'down',
        label: `${camera.reason?.code === 'picture-still' ? 'Picture stands still' : 'No new picture'} since ${since}`,
        reason,
      };
    case 'dark':
      return { tone: 'late', label: `Dark picture since ${since}`, reason };
    case 'planned-off':
      return { tone: 'off', label: 'Not broadcasting', reason };
  }
};

/** Whether there is a picture worth asking for. */
export const hasPicture = ({ state }: CameraState): boolean =>
  state === 'live' || state === 'late' || state === 'frozen' || state === 'dark';

/** What is said of a station as a whole. */
export const stationBadge = (station: Pick<Station, 'state' | 'cameras'>): Badge => {
  const live = station.cameras.filter(({ state }) => state.state === 'live' || state.state === 'late').length;
  const all = station.cameras.length;
  const [first] = station.cameras.filter(({ state }) => state.reason !== null);
  const reason = first?.state.reason?.message ?? null;
  if (all > 0 && live === all) return { tone: 'live', label: 'Live', reason: null };
  if (live > 0) return { tone: 'late', label: `${live} of ${all} live`, reason };
  if (station.cameras.some(({ state }) => state.state === 'starting')) return { tone: 'wait', label: 'Starting', reason };
  if (all > 0 && station.state !== 'planned-off') return { tone: 'down', label: 'No signal', reason };
  return { tone: 'off', label: all === 0 ? 'No cameras' : 'Not broadcasting', reason };
};

/** What covers the video: nothing, words over the last picture, or words instead of a picture. */
export type Cover =
  | { kind: 'none' }
  | { kind: 'play' }
  | { kind: 'over'; title: string; detail: string | null }
  | { kind: 'instead'; title: string; detail: string | null };

/** A stall shorter than this is not worth words. */
const PATIENCE_MS = 2500;

const REBUILDS = {
  network: 'The connection to the server was lost. Connecting again.',
  media: 'The video could not be decoded here. Starting it again.',
  other: 'The player stopped. Starting it again.',
} as const;

/**
 * What a viewer is told in place of a picture that does not move. The player knows first that nothing comes,
 * the camera's state knows why.
 */
export const coverOf = (player: PlayerState, camera: CameraState, now: number, timezone: string): Cover => {
  if (player.kind === 'playing' || player.kind === 'paused') return { kind: 'none' };
  if (player.kind === 'needs-tap') return { kind: 'play' };
  if (player.kind === 'unsupported')
    return {
      kind: 'instead',
      title: 'This browser cannot play the video',
      detail: 'Any current browser can; the stills are still shown.',
    };
  const badge = cameraBadge(camera, now, timezone);
  const away = badge.tone === 'down' || badge.tone === 'off' || badge.tone === 'wait';
  if (player.kind === 'waiting') {
    if (away) return { kind: 'over', title: badge.label, detail: badge.reason };
    if (now - player.since < PATIENCE_MS) return { kind: 'none' };
    return { kind: 'over', title: 'Waiting for new video', detail: 'The last picture stays until it comes.' };
  }
  if (away) return { kind: 'instead', title: badge.label, detail: badge.reason };
  if (player.kind === 'rebuilding') return { kind: 'instead', title: 'Connecting again', detail: REBUILDS[player.reason] };
  return { kind: 'instead', title: 'Connecting', detail: null };
};
