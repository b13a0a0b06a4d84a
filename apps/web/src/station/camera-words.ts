import type { CameraState, Station } from '@app/contracts';
import { sinceIn } from '../time/format';
import { t } from '../words';
import { faultWords } from './fault-words';

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
  const reason = faultWords(camera.reason);
  switch (camera.state) {
    case 'live':
      return { tone: 'live', label: t('start:camera.live'), reason };
    case 'late':
      return { tone: 'late', label: t('start:camera.late'), reason };
    case 'starting':
      return { tone: 'wait', label: t('start:camera.starting'), reason };
    case 'down':
      return { tone: 'down', label: t('start:camera.down', { since }), reason };
    case 'frozen':
      return {
        tone: 'down',
        label: camera.reason?.code === 'picture-still' ? t('start:camera.still', { since }) : t('start:camera.frozen', { since }),
        reason,
      };
    case 'dark':
      return { tone: 'late', label: t('start:camera.dark', { since }), reason };
    case 'planned-off':
      return { tone: 'off', label: t('start:camera.planned-off'), reason };
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
  const reason = faultWords(first?.state.reason ?? null);
  if (all > 0 && live === all) return { tone: 'live', label: t('start:camera.live'), reason: null };
  if (live > 0) return { tone: 'late', label: t('start:station.someLive', { live, total: all }), reason };
  if (station.cameras.some(({ state }) => state.state === 'starting'))
    return { tone: 'wait', label: t('start:camera.starting'), reason };
  if (all > 0 && station.state !== 'planned-off') return { tone: 'down', label: t('start:station.down'), reason };
  return { tone: 'off', label: all === 0 ? t('start:station.none') : t('start:camera.planned-off'), reason };
};
