/** `2026-10-25T07:00`, by the clock of the place; or an instant with its zone, `2026-10-25T06:00Z`, `2026-10-25T07:00+01:00`. */
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?$/;
const DAY_MS = 86_400_000;

export type ReadTime = { kind: 'time'; at: Date } | { kind: 'unreadable' } | { kind: 'not-there' };

/**
 * Reads a time as people at a place write it. Of an hour that comes twice, when clocks are set back, the first is meant; one that is left
 * out, when they are set forward, is not there.
 */
export function readLocalTime(text: string, timezone: string): ReadTime {
  const match = TIME.exec(text);
  if (!match) return { kind: 'unreadable' };
  const [, day, minute, second = '00', zone] = match;
  const asUtc = Date.parse(`${day}T${minute}:${second}.000Z`);
  // What parses but is written otherwise was no day of the calendar.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(`${day}T${minute}:${second}`))
    return { kind: 'unreadable' };
  if (zone) {
    const at = Date.parse(`${day}T${minute}:${second}.000${zone}`);
    return Number.isNaN(at) ? { kind: 'unreadable' } : { kind: 'time', at: new Date(at) };
  }
  // The offsets in force a day before and after: any change in between is between these two.
  const candidates = [asUtc - DAY_MS, asUtc + DAY_MS]
    .map((near) => asUtc - offsetMs(near, timezone))
    .filter((at) => at + offsetMs(at, timezone) === asUtc);
  return candidates.length === 0 ? { kind: 'not-there' } : { kind: 'time', at: new Date(Math.min(...candidates)) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a time zone are ahead of UTC at a moment. */
function offsetMs(at: number, timezone: string): number {
  let format = formats.get(timezone);
  if (!format) {
    const numeric = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, hourCycle: 'h23', era: 'short', ...numeric });
    formats.set(timezone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
