import type { FaultCode } from '@app/contracts';

/** How one connection to a camera ended. */
export interface AttemptEnd {
  fault: FaultCode;
  /** Monotonic milliseconds. */
  endedAtMs: number;
  /** How long media came, milliseconds; 0 when none did. */
  mediaMs: number;
}

export interface NextAction {
  waitMs: number;
  /** What people are told meanwhile: the fault itself, or `flapping` when it comes again and again. */
  reason: FaultCode;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
/** A connection that lasted this long clears what was before it. */
const HEALTHY_MS = 60_000;
const FLAPPING_WINDOW_MS = 60_000;
const FLAPPING_COUNT = 3;
/** A camera that drops again and again is not connected more often than this. */
const FLAPPING_MS = 3_000;

/** Ends that are no fault of the camera: connect again at once. */
const AT_ONCE = new Set<FaultCode>(['settings-changed', 'timestamps-jumped', 'format-changed', 'lease-lost']);

/**
 * When to connect again after an end, and what to say until then. The first loss of a healthy camera is repaired at once; failures in
 * a row back off from 1 s to 30 s, with jitter so that cameras lost together do not come back together.
 * @param history ends so far, oldest first, the newest included.
 * @param random 0 (inclusive) to 1.
 */
export function nextAction(history: readonly AttemptEnd[], random: () => number): NextAction {
  const newest = history.at(-1);
  if (!newest) return { waitMs: 0, reason: 'connecting' };
  const recent = sinceHealthy(history);
  const losses = recent.filter((end) => end.mediaMs > 0 && newest.endedAtMs - end.endedAtMs < FLAPPING_WINDOW_MS);
  if (newest.mediaMs > 0 && losses.length >= FLAPPING_COUNT) {
    return { waitMs: jittered(FLAPPING_MS * Math.min(4, losses.length - FLAPPING_COUNT + 1), random), reason: 'flapping' };
  }
  if (newest.mediaMs > 0) {
    const waitMs = AT_ONCE.has(newest.fault) && losses.length <= 1 ? 0 : jittered(losses.length <= 1 ? 300 : FIRST_MS, random);
    return { waitMs, reason: newest.fault };
  }
  const failures = countWhile(recent, (end) => end.mediaMs === 0);
  return { waitMs: jittered(Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)), random), reason: newest.fault };
}

/** Ends that still matter: those after the last connection that held well. Keeps the history short, too. */
export function sinceHealthy(history: readonly AttemptEnd[]): AttemptEnd[] {
  const lastHealthy = history.findLastIndex((end) => end.mediaMs >= HEALTHY_MS);
  return history.slice(Math.max(lastHealthy, history.length - 20, 0));
}

function countWhile(ends: readonly AttemptEnd[], holds: (end: AttemptEnd) => boolean): number {
  return ends.length - 1 - ends.findLastIndex((end) => !holds(end));
}

/** Between 80 % and 120 %, never above the longest. */
const jittered = (ms: number, random: () => number): number => Math.round(Math.min(LONGEST_MS, ms * (0.8 + 0.4 * random())));
