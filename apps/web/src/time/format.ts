const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * Numeric parts only: browsers order and name dates differently for many of the languages this will be shown in,
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

/** `14:05:07` in the zone. */
export const clockIn = (epochMs: number, timeZone: string): string => {
  const { hour, minute, second } = partsIn(epochMs, timeZone);
  return `${hour}:${minute}:${second}`;
};

/** `14:05` in the zone. */
export const hourMinuteIn = (epochMs: number, timeZone: string): string => clockIn(epochMs, timeZone).slice(0, 5);

/** `22 Nov 2026` in the zone. */
export const dayIn = (epochMs: number, timeZone: string): string => {
  const { year, month, day } = partsIn(epochMs, timeZone);
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
};

/** `UTC+05`, `UTC−03:30`, `UTC`: what the zone's clocks are ahead of UTC at this instant. */
export const offsetOf = (epochMs: number, timeZone: string): string => {
  const { year, month, day, hour, minute, second } = partsIn(epochMs, timeZone);
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const minutes = Math.round((wall - Math.floor(epochMs / 1000) * 1000) / 60_000);
  if (minutes === 0) return 'UTC';
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${rest === 0 ? '' : `:${two(rest)}`}`;
};

/** `22 Nov 2026, 14:05:07 (UTC+05)`: a moment that cannot be misread. */
export const momentIn = (epochMs: number, timeZone: string): string =>
  `${dayIn(epochMs, timeZone)}, ${clockIn(epochMs, timeZone)} (${offsetOf(epochMs, timeZone)})`;

/** `14:05` today, `21 Nov, 14:05` on another day: since when something is so. */
export const sinceIn = (epochMs: number, now: number, timeZone: string): string => {
  const time = hourMinuteIn(epochMs, timeZone);
  const day = dayIn(epochMs, timeZone);
  return day === dayIn(now, timeZone) ? time : `${day.replace(/ \d{4}$/, '')}, ${time}`;
};

/** A delay as people say it: `1.8 s`, `25 s`, `3 min 05 s`, `2 h 11 min`. */
export const delayText = (ms: number): string => {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
};

/** `3.4 MB`, `780 kB`, decimal units. */
export const sizeText = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};

/** What watching for an hour costs at these bits per second: `about 110 MB an hour`. */
export const hourlyData = (bitsPerSecond: number): string => {
  const megabytes = (bitsPerSecond * 3600) / 8 / 1_000_000;
  if (megabytes >= 1000) return `about ${(megabytes / 1000).toFixed(1)} GB an hour`;
  return `about ${megabytes < 10 ? Math.max(1, Math.round(megabytes)) : Math.round(megabytes / 10) * 10} MB an hour`;
};
