import { GAP_CAUSES, type CameraUptime, type Uptime } from '@app/contracts';

/** `99.9 %`: never rounded up to all, nor down to nothing. Null while nothing was planned. */
export const uptimeText = ({ uptime }: Pick<Uptime, 'uptime'>): string => {
  if (uptime === null) return 'nothing planned yet';
  if (uptime === 1) return '100 %';
  if (uptime === 0) return '0 %';
  const tenths = Math.min(999, Math.max(1, Math.floor(uptime * 1000)));
  return `${(tenths / 10).toFixed(1)} %`;
};

/** Why, as a sentence; a cause that is newer than this page is still named. */
export const causeSentence = (cause: string): string =>
  cause in GAP_CAUSES ? GAP_CAUSES[cause as keyof typeof GAP_CAUSES] : `Cause: ${cause.replaceAll('-', ' ')}.`;

/** `Recorded 2 h 10 min of 2 h 12 min; 3 gaps`, in whole minutes and seconds. */
export const recordedText = ({ plannedSeconds, recordedSeconds, gaps }: CameraUptime): string => {
  const count = gaps.length === 0 ? 'no gaps' : `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}`;
  return `Recorded ${lengthText(recordedSeconds)} of ${lengthText(plannedSeconds)}; ${count}`;
};

/** `0.4 s`, `12 s`, `3 min 05 s`, `2 h 11 min`. Cut, not rounded: what was not recorded is not said to be. */
export const lengthText = (seconds: number): string => {
  if (seconds < 10) return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
};
