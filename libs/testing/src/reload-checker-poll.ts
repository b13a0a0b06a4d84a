import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { type AskedFor, ReloadChecker } from './reload-checker';

export interface PollOptions {
  readonly durationMs: number;
  /** Blocking reloads part by part with delta updates, else plain reloads twice a target duration. */
  readonly lowLatency: boolean;
  readonly slackMs?: number;
  /** Checks go on in the same checker, e.g. over a change of server. */
  readonly checker?: ReloadChecker;
}

const RETRY_MS = 100;
/** A delta may be asked for while the last list is younger than half the skip boundary (rfc8216bis, 6.3.7). */
const DELTA_TARGETS = 3;

/**
 * Follows a live list over HTTP the way a player does, and checks every answer. 503 and broken connections are retried; for
 * how long nobody answered is in `outages`.
 */
export const pollLivePlaylist = async (url: string, options: PollOptions): Promise<ReloadChecker> => {
  const checker = options.checker ?? new ReloadChecker({ slackMs: options.slackMs });
  const ends = performance.now() + options.durationMs;
  let listedAt = -Infinity;
  while (performance.now() < ends) {
    const list = checker.current?.list;
    const asked = options.lowLatency && list ? nextPart(checker, performance.now() - listedAt) : {};
    const answered = await ask(url, asked, ends, checker);
    if (answered === 'good') listedAt = performance.now();
    const pause = answered !== 'good' ? RETRY_MS : options.lowLatency ? 0 : (list?.targetDuration ?? 1) * 500;
    await wait(Math.max(0, Math.min(pause, ends - performance.now())));
  }
  return checker;
};

const nextPart = (checker: ReloadChecker, age: number): AskedFor => {
  const list = checker.current?.list;
  if (!list) return {};
  const skip = 'CAN-SKIP-UNTIL' in list.controls && age < DELTA_TARGETS * list.targetDuration * 1000;
  return { mediaSequence: list.open.mediaSequence, part: list.open.parts.length, ...(skip && { skip }) };
};

const ask = async (url: string, asked: AskedFor, ends: number, checker: ReloadChecker): Promise<'good' | 'bad'> => {
  const target = new URL(url);
  if (asked.mediaSequence !== undefined) target.searchParams.set('_HLS_msn', String(asked.mediaSequence));
  if (asked.part !== undefined) target.searchParams.set('_HLS_part', String(asked.part));
  if (asked.skip) target.searchParams.set('_HLS_skip', 'YES');
  // What is held over the end of the watch says nothing any more.
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(ends - performance.now())));
  const askedAt = performance.now();
  try {
    const response = await fetch(target, { signal });
    const text = await response.text();
    checker.observe({ at: performance.now(), askedAt, status: response.status, text, asked });
    return response.status === 200 ? 'good' : 'bad';
  } catch {
    // No answer is an observation, unless it was this watch that ended.
    if (!signal.aborted) checker.observe({ at: performance.now(), status: 0, asked });
    return 'bad';
  }
};
