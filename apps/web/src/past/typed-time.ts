import { clockIn, hourMinuteIn } from '../time/format';
import { t } from '../words';
import type { Span } from './day-record';

export type TypedTime = { kind: 'at'; at: number } | { kind: 'bad'; message: string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Clocks go forward and back by an hour, in one zone by half of it. */
const SHIFTS_MS = [0, -HOUR_MS, HOUR_MS, -HOUR_MS / 2, HOUR_MS / 2];

/**
 * The moment a person means by `14:05` or `14:05:07`, by the clock of the station, within its day.
 * @param day at most 24 hours, so that each time of it comes once; where clocks go back, the first one is taken
 * @param now epoch ms by the server's clock
 */
export const parseTypedTime = (text: string, day: Span, timezone: string, now: number): TypedTime => {
  const match = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text.trim());
  if (!match) return bad(t('past:goTo.notATime'));
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const two = (value: number) => String(value).padStart(2, '0');
  const wanted = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  if (hours > 23 || minutes > 59 || seconds > 59) return bad(t('past:goTo.noTimeOfDay', { time: text.trim() }));
  const at = momentOf(wanted, (hours * 3600 + minutes * 60 + seconds) * 1000, day, timezone);
  const shown = wanted.slice(0, match[3] === undefined ? 5 : 8);
  if (at === null) return bad(t('past:goTo.skipped', { time: shown }));
  if (at < day.from || at >= day.to)
    return bad(
      t('past:goTo.outside', {
        time: shown,
        from: hourMinuteIn(day.from, timezone),
        to: hourMinuteIn(day.to, timezone),
      }),
    );
  if (at > now) return bad(t('past:goTo.notYet', { time: shown, now: clockIn(now, timezone) }));
  return { kind: 'at', at };
};

const bad = (message: string): TypedTime => ({ kind: 'bad', message });

/** The first moment at or after the day's start that the station's clock shows as wanted; null when its clock skips it. */
const momentOf = (wanted: string, sinceMidnight: number, day: Span, timezone: string): number | null => {
  const [hours = 0, minutes = 0, seconds = 0] = clockIn(day.from, timezone).split(':').map(Number);
  const start = Math.floor(day.from / 1000) * 1000;
  const ahead = (sinceMidnight - (hours * 3600 + minutes * 60 + seconds) * 1000 + DAY_MS) % DAY_MS;
  const candidates = SHIFTS_MS.map((shift) => start + ahead + shift).filter((at) => at >= start);
  const hits = candidates.filter((at) => clockIn(at, timezone) === wanted);
  return hits.length === 0 ? null : Math.max(day.from, Math.min(...hits));
};
