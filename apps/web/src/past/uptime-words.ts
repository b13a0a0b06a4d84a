import type { CameraUptime, Uptime } from '@app/contracts';
import { decimalText, durationText } from '../time/format';
import { t, textOr } from '../words';

/** `99.9 %`: never rounded up to all, nor down to nothing. Null while nothing was planned. */
export const uptimeText = ({ uptime }: Pick<Uptime, 'uptime'>): string => {
  if (uptime === null) return t('past:uptime.none');
  if (uptime === 1 || uptime === 0) return t('past:uptime.percent', { percent: String(uptime * 100) });
  const tenths = Math.min(999, Math.max(1, Math.floor(uptime * 1000)));
  return t('past:uptime.percent', { percent: decimalText(tenths / 10) });
};

/** Why, as a sentence; a cause that is newer than this page is still named. */
export const causeSentence = (cause: string): string =>
  textOr(`past:causeSentences.${cause}`, t('past:otherCause', { cause: cause.replaceAll('-', ' ') }));

/** `Recorded 2 h 10 min of 2 h 12 min; 3 gaps`, in whole minutes and seconds. */
export const recordedText = ({ plannedSeconds, recordedSeconds, gaps }: CameraUptime): string => {
  const lengths = { recorded: lengthText(recordedSeconds), planned: lengthText(plannedSeconds) };
  if (gaps.length === 0) return t('past:uptime.recordedWhole', lengths);
  return t('past:uptime.recorded', { ...lengths, count: gaps.length });
};

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 11 min`. Cut, not rounded: what was not recorded is not said to be. */
export const lengthText = (seconds: number): string =>
  seconds < 10 ? t('time:seconds', { seconds: decimalText(Math.floor(seconds * 10) / 10) }) : durationText(Math.floor(seconds));
