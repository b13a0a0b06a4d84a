import { clockIn, hourMinuteIn } from '../time/format';
import type { Span } from './day-record';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How much of the day the ruler shows, and how far an arrow key goes then. */
export const ZOOMS = {
  day: { lengthMs: Infinity, stepMs: MINUTE_MS, pageMs: HOUR_MS },
  hour: { lengthMs: HOUR_MS, stepMs: 10 * SECOND_MS, pageMs: HOUR_MS },
  'ten-minutes': { lengthMs: 10 * MINUTE_MS, stepMs: SECOND_MS, pageMs: 10 * MINUTE_MS },
} as const;
export type Zoom = keyof typeof ZOOMS;

const TICK_STEPS_MS = [
  10 * SECOND_MS,
  30 * SECOND_MS,
  ...[1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360].map((n) => n * MINUTE_MS),
];

/** What the ruler shows: all of the day, or a piece of it around the moment, never beyond its ends. */
export const viewOf = (day: Span, zoom: Zoom, at: number): Span => {
  const length = Math.min(ZOOMS[zoom].lengthMs, day.to - day.from);
  const from = Math.min(Math.max(at - length / 2, day.from), day.to - length);
  return { from, to: from + length };
};

/** A view that stands still while the moment moves in it, and goes on when the moment reaches its edge. */
export const followView = (shown: Span, day: Span, zoom: Zoom, at: number): Span => {
  const wanted = viewOf(day, zoom, at);
  const isSameLength = Math.abs(shown.to - shown.from - (wanted.to - wanted.from)) < 1;
  const isInside = at >= shown.from && at <= shown.to && shown.from >= day.from && shown.to <= day.to;
  return isSameLength && isInside ? shown : wanted;
};

/** 0 at the start of the view, 1 at its end; outside it below and above. */
export const fractionOf = (view: Span, at: number): number => (at - view.from) / (view.to - view.from);

export const momentAt = (view: Span, fraction: number): number => view.from + clamp(fraction, 0, 1) * (view.to - view.from);

/** The part of a span that is in the view, as fractions; null when none is. */
export const partIn = (view: Span, { from, to }: Span): { start: number; size: number } | null => {
  const [start, end] = [clamp(fractionOf(view, from), 0, 1), clamp(fractionOf(view, to), 0, 1)];
  return end > start ? { start, size: end - start } : null;
};

/**
 * Round times of the station's clock in the view, at most `most` of them.
 * Zones are whole quarters of an hour off UTC; longer steps are counted from the station's midnight.
 */
export const ticksOf = (view: Span, timezone: string, most: number): { at: number; label: string }[] => {
  const step = TICK_STEPS_MS.find((each) => (view.to - view.from) / each <= most) ?? 12 * HOUR_MS;
  const first = Math.ceil((view.from + 1) / SECOND_MS) * SECOND_MS;
  const [hours = 0, minutes = 0, seconds = 0] = clockIn(first, timezone).split(':').map(Number);
  const sinceMidnight = ((hours * 60 + minutes) * 60 + seconds) * SECOND_MS;
  const label = step < MINUTE_MS ? clockIn : hourMinuteIn;
  const ticks: { at: number; label: string }[] = [];
  for (let at = first + ((step - (sinceMidnight % step)) % step); at < view.to; at += step)
    ticks.push({ at, label: label(at, timezone) });
  return ticks;
};

/** Where a key takes the moment; null for keys that are not the ruler's. `edge`: the newest moment there is. */
export const keyTarget = (key: string, at: number, zoom: Zoom, day: Span, edge: number): number | 'live' | null => {
  const { stepMs, pageMs } = ZOOMS[zoom];
  const steps: Record<string, number> = {
    ArrowLeft: -stepMs,
    ArrowDown: -stepMs,
    ArrowRight: stepMs,
    ArrowUp: stepMs,
    PageDown: -pageMs,
    PageUp: pageMs,
  };
  if (key === 'Home') return day.from;
  if (key === 'End') return 'live';
  const step = steps[key];
  return step === undefined ? null : clamp(at + step, day.from, edge);
};

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
