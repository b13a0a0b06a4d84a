import type { Severity } from '@app/contracts';
import { duesOf, endOfDay, runningClock, USUAL_CLOCKS } from './clock-rules';

const at = (time: string): number => Date.parse(time);
const facts = (severity: Severity, received: string) => ({
  receivedAt: at(received),
  severity,
  opensAt: at('2026-10-25T03:00Z'),
  closesAt: at('2026-10-25T15:00Z'),
  timezone: 'Asia/Tashkent',
});
const minutes = (severity: Severity, received: string) => {
  const { claim, decision } = duesOf(USUAL_CLOCKS, facts(severity, received));
  return [claim, decision].map((due) => (due === null ? null : (due - at(received)) / 60_000));
};

describe('the clocks of an incident', () => {
  it.each([
    ['S1', [5, 45]],
    ['S2', [15, 180]],
    ['S3', [60, 10 * 60]],
    ['S4', [null, 10 * 24 * 60]],
  ] as const)('of %s while polls are open', (severity, due) => {
    expect(minutes(severity, '2026-10-25T09:00:00Z')).toEqual(due);
  });

  it.each([
    ['S1', [5, 24 * 60]],
    ['S2', [15, 48 * 60]],
    ['S3', [60, 5 * 24 * 60]],
    ['S4', [null, 10 * 24 * 60]],
  ] as const)('of %s when they are not', (severity, due) => {
    expect(minutes(severity, '2026-10-25T15:00:00Z')).toEqual(due);
    expect(minutes(severity, '2026-10-25T02:59:59Z')).toEqual(due);
  });

  it('knows the end of the day where the station is, also when the clocks change in it', () => {
    expect(endOfDay(at('2026-10-25T20:00Z'), 'Asia/Tashkent')).toBe(at('2026-10-26T19:00Z'));
    expect(endOfDay(at('2026-10-25T00:30Z'), 'Europe/Prague')).toBe(at('2026-10-25T23:00Z'));
    expect(endOfDay(at('2026-10-24T22:00Z'), 'Europe/Prague')).toBe(at('2026-10-25T23:00Z'));
  });

  it('run from state to state, stand still while a question is open, and end with the decision', () => {
    const dues = { claim: 1, decision: 2 };
    expect(runningClock('submitted', dues)).toEqual({ kind: 'claim', due: 1 });
    expect(runningClock('submitted', { claim: null, decision: 2 })).toEqual({ kind: 'decision', due: 2 });
    for (const state of ['triaging', 'in_review', 'awaiting_second', 'disputed'] as const)
      expect(runningClock(state, dues)).toEqual({ kind: 'decision', due: 2 });
    for (const state of ['needs_info', 'decided', 'closed', 'merged', 'withdrawn'] as const)
      expect(runningClock(state, dues)).toBeNull();
  });
});
