/** A moment as a report prints it: wall clock of the station with its offset, and UTC. Digits and order are the same in every language. */
export interface PrintedMoment {
  /** `2026-10-25 10:00:03.250 +01:00` */
  station: string;
  /** `2026-10-25 09:00:03.250 UTC` */
  utc: string;
}

const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

/** @param at epoch ms. @param zone IANA name. @throws RangeError for a zone that does not exist */
export function printMoment(at: number, zone: string): PrintedMoment {
  const milliseconds = String(((at % 1000) + 1000) % 1000).padStart(3, '0');
  const local = wallClock(at, zone);
  const offsetMinutes = Math.round((Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000) / 60_000);
  return {
    station: `${local}.${milliseconds} ${offsetText(offsetMinutes)}`,
    utc: `${wallClock(at, 'UTC')}.${milliseconds} UTC`,
  };
}

function wallClock(at: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { ...PARTS, timeZone, hourCycle: 'h23', numberingSystem: 'latn' });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}:${part['second']}`;
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** `1 h 02 min 03.4 s`, without what is zero in front. */
export function printDuration(ms: number, units: { h: string; min: string; s: string; decimal: string }): string {
  const tenths = Math.round(ms / 100);
  const [hours, minutes, seconds] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, (tenths % 600) / 10];
  const parts = [`${seconds.toFixed(1).replace('.', units.decimal)} ${units.s}`];
  if (minutes > 0 || hours > 0) parts.unshift(`${minutes} ${units.min}`);
  if (hours > 0) parts.unshift(`${hours} ${units.h}`);
  return parts.join(' ');
}

/** A SHA-256 in sixteen groups of four, as people compare them. */
export function hashGroups(sha256: string): string[] {
  return sha256.match(/.{1,4}/g) ?? [];
}
