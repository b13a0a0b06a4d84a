import { t } from '../words';

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * Numeric parts only: browsers order and name dates differently for many of the languages this is shown in,
 * so the words and their order are ours.
 */
const partsIn = (epochMs: number, timeZone: string): Parts => {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return Object.fromEntries(formatter.formatToParts(epochMs).map(({ type, value }) => [type, value])) as Parts;
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** Day and month as the language writes them: `22` and `Nov`, or `22` and `11`. */
const dateIn = (epochMs: number, timeZone: string): { year: string; month: string; day: string } => {
  const { year, month, day } = partsIn(epochMs, timeZone);
  const name = MONTHS[Number(month) - 1];
  return {
    year,
    month: name === undefined ? month : t(`time:months.${name}`),
    day: String(Number(day)).padStart(Number(t('time:digitsOfDay')), '0'),
  };
};

/** `14:05:07` in the zone. */
export const clockIn = (epochMs: number, timeZone: string): string => {
  const { hour, minute, second } = partsIn(epochMs, timeZone);
  return `${hour}:${minute}:${second}`;
};

/** `14:05` in the zone. */
export const hourMinuteIn = (epochMs: number, timeZone: string): string => clockIn(epochMs, timeZone).slice(0, 5);

/** `22 Nov 2026` in the zone. */
export const dayIn = (epochMs: number, timeZone: string): string => t('time:date', dateIn(epochMs, timeZone));

/** `UTC+05`, `UTC−03:30`, `UTC`: what the zone's clocks are ahead of UTC at this instant. */
export const offsetOf = (epochMs: number, timeZone: string): string => {
  const { year, month, day, hour, minute, second } = partsIn(epochMs, timeZone);
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const minutes = Math.round((wall - Math.floor(epochMs / 1000) * 1000) / 60_000);
  if (minutes === 0) return 'UTC';
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${rest === 0 ? '' : `:${two(rest)}`}`;
};

/** `22 Nov 2026, 14:05:07 (UTC+05)`: a moment that cannot be misread. */
export const momentIn = (epochMs: number, timeZone: string): string =>
  t('time:moment', { date: dayIn(epochMs, timeZone), clock: clockIn(epochMs, timeZone), zone: offsetOf(epochMs, timeZone) });

/** `14:05` today, `21 Nov, 14:05` on another day: since when something is so. */
export const sinceIn = (epochMs: number, now: number, timeZone: string): string => {
  const clock = hourMinuteIn(epochMs, timeZone);
  if (dayIn(epochMs, timeZone) === dayIn(now, timeZone)) return clock;
  const { day, month } = dateIn(epochMs, timeZone);
  return t('time:dateAndClock', { date: t('time:dateOfYear', { day, month }), clock });
};

/** `1.8` with the decimal sign of the language. Rounded to the digits. */
export const decimalText = (value: number, digits = 1): string => value.toFixed(digits).replace('.', t('time:decimalSign'));

/** A length as people say it: `12 s`, `3 min 05 s`, `2 h 11 min`. `seconds`: whole. */
export const durationText = (seconds: number): string => {
  if (seconds < 60) return t('time:seconds', { seconds: String(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('time:minutesAndSeconds', { minutes, seconds: two(seconds % 60) });
  return t('time:hoursAndMinutes', { hours: Math.floor(minutes / 60), minutes: two(minutes % 60) });
};

/** A delay as people say it: `1.8 s`, `25 s`, `3 min 05 s`, `2 h 11 min`. */
export const delayText = (ms: number): string => {
  const seconds = Math.max(0, ms) / 1000;
  return seconds < 9.95 ? t('time:seconds', { seconds: decimalText(seconds) }) : durationText(Math.round(seconds));
};

/** `3.4 MB`, `780 kB`, decimal units. */
export const sizeText = (bytes: number): string => {
  if (bytes < 1000) return t('time:bytes', { bytes });
  if (bytes < 1_000_000) return t('time:kilobytes', { kilobytes: Math.round(bytes / 1000) });
  return t('time:megabytes', { megabytes: decimalText(bytes / 1_000_000) });
};

/** What watching for an hour costs at these bits per second: `about 110 MB an hour`. */
export const hourlyData = (bitsPerSecond: number): string => {
  const megabytes = (bitsPerSecond * 3600) / 8 / 1_000_000;
  if (megabytes >= 1000) return t('time:gigabytesAnHour', { gigabytes: decimalText(megabytes / 1000) });
  return t('time:megabytesAnHour', {
    megabytes: megabytes < 10 ? Math.max(1, Math.round(megabytes)) : Math.round(megabytes / 10) * 10,
  });
};

const two = (value: number): string => String(value).padStart(2, '0');
