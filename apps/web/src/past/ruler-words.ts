import { clockIn } from '../time/format';
import { causeWords } from './gap-words';
import { lookUp, type CameraRecord } from './day-record';

/** A flag of the day: when, and what it says. */
export interface Marker {
  id: string;
  at: number;
  label: string;
}

const NEARBY_MS = 60_000;

/** What the ruler says of a moment: `14 hours 5 minutes 7 seconds, recorded, 2 flags nearby`. */
export const momentWords = (
  at: number,
  timezone: string,
  cameras: readonly { name: string; record: CameraRecord }[],
  markers: readonly Marker[],
): string => {
  const [hours = 0, minutes = 0, seconds = 0] = clockIn(at, timezone).split(':').map(Number);
  const flags = markers.filter((marker) => Math.abs(marker.at - at) <= NEARBY_MS).length;
  const parts = [
    `${count(hours, 'hour')} ${count(minutes, 'minute')} ${count(seconds, 'second')}`,
    recordWords(at, cameras),
    ...(flags > 0 ? [`${count(flags, 'flag')} nearby`] : []),
  ];
  return parts.join(', ');
};

/** Said once where all cameras are alike, else camera by camera. */
const recordWords = (at: number, cameras: readonly { name: string; record: CameraRecord }[]): string => {
  const words = cameras.map(({ record }) => {
    const found = lookUp(record, at);
    if (found.kind === 'recorded') return 'recorded';
    return found.kind === 'gap' ? `no recording, ${causeWords(found.gap.cause)}` : 'nothing on record';
  });
  if (new Set(words).size <= 1) return words[0] ?? 'nothing on record';
  return cameras.map(({ name }, index) => `${name} ${words[index]}`).join(', ');
};

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
