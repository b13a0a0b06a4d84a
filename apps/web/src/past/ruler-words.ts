import type { Outcome } from '@app/contracts';
import type { CodeLabel } from '../api/incident-codes';
import { clockIn } from '../time/format';
import { t } from '../words';
import { causeWords } from './gap-words';
import { lookUp, type CameraRecord } from './day-record';

/** A flag of the day: when, what it says, and what was decided of it where that is published. */
export interface Marker {
  id: string;
  at: number;
  number: number;
  label: CodeLabel;
  outcome: Outcome | null;
}

interface NamedRecord {
  name: string;
  record: CameraRecord;
}

const NEARBY_MS = 60_000;

/** What the ruler says of a moment: `14 hours 5 minutes 7 seconds, recorded, 2 flags nearby`. */
export const momentWords = (
  at: number,
  timezone: string,
  cameras: readonly NamedRecord[],
  markers: readonly Marker[],
): string => {
  const [hours = 0, minutes = 0, seconds = 0] = clockIn(at, timezone).split(':').map(Number);
  const time = t('past:ruler.time', {
    hours: t('past:ruler.hours', { count: hours }),
    minutes: t('past:ruler.minutes', { count: minutes }),
    seconds: t('past:ruler.seconds', { count: seconds }),
  });
  return t('past:ruler.said', { time, record: recordAndFlags(at, cameras, markers) });
};

/** The same without the time: `recorded, 2 flags nearby`. */
export const recordAndFlags = (at: number, cameras: readonly NamedRecord[], markers: readonly Marker[]): string => {
  const record = recordWords(at, cameras);
  const count = markers.filter((marker) => Math.abs(marker.at - at) <= NEARBY_MS).length;
  return count === 0 ? record : t('past:ruler.withFlags', { record, flags: t('past:ruler.flags', { count }) });
};

/** Said once where all cameras are alike, else camera by camera. */
const recordWords = (at: number, cameras: readonly NamedRecord[]): string => {
  const words = cameras.map(({ record }) => {
    const found = lookUp(record, at);
    if (found.kind === 'recorded') return t('past:ruler.recorded');
    return found.kind === 'gap' ? t('past:ruler.gap', { cause: causeWords(found.gap.cause) }) : t('past:ruler.nothing');
  });
  if (new Set(words).size <= 1) return words[0] ?? t('past:ruler.nothing');
  return cameras.map(({ name }, index) => t('past:ruler.ofCamera', { camera: name, record: words[index] })).join(', ');
};
