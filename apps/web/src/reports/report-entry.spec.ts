import type { QuestionRules } from '@app/contracts';
import {
  answered,
  beginTry,
  finished,
  isDue,
  isSettled,
  isUnsent,
  newReport,
  onFailed,
  onReceived,
  reopened,
} from './report-entry';

const NOW = 1_800_000_000_000;
const QUESTIONS: QuestionRules[] = [
  { code: 'sealed', spec: { type: 'yes-no' }, required: true, shownIf: [] },
  { code: 'why', spec: { type: 'text', maxLength: 9 }, required: false, shownIf: [{ question: 'sealed', in: ['no'] }] },
];
const entry = newReport(
  { key: 'k', userId: 'u', station: { code: '1', name: 'One', timezone: 'UTC' }, form: 'opening', formVersion: 1 },
  NOW,
);
const waiting = finished(entry, NOW);
const failure = (status: number) => ({ status, code: 'c', message: 'm' });

it('loses the answer to what is not asked any more', () => {
  const no = answered(answered(entry, QUESTIONS, 'sealed', 'no', NOW), QUESTIONS, 'why', 'torn', NOW);
  expect(no.answers).toEqual({ sealed: 'no', why: 'torn' });
  expect(answered(no, QUESTIONS, 'sealed', 'yes', NOW).answers).toEqual({ sealed: 'yes' });
  expect(answered(no, QUESTIONS, 'sealed', null, NOW).answers).toEqual({});
});

it('is sent once it is finished, with the time at which it was', () => {
  expect(isDue(entry, NOW)).toBe(false);
  expect(isDue(waiting, NOW)).toBe(true);
  const received = onReceived(waiting, '2027-01-15T08:05:00.000Z', NOW);
  expect(received.delivery).toMatchObject({ kind: 'received', observedAt: new Date(NOW).toISOString() });
  expect([isUnsent(received), isSettled(received, NOW), isSettled(received, NOW + 86_400_001)]).toEqual([false, false, true]);
});

it('is tried again later each time while the failure passes', () => {
  const once = onFailed(beginTry(waiting), failure(0), NOW, 0.5);
  const twice = onFailed(beginTry(once), failure(503), NOW, 0.5);
  expect([once.nextTryAt - NOW, twice.nextTryAt - NOW]).toEqual([1000, 2000]);
  expect(onFailed({ ...waiting, attempts: 40 }, failure(429), NOW, 1).nextTryAt - NOW).toBeLessThanOrEqual(75_000);
  expect(isUnsent(twice)).toBe(true);
});

it('keeps what was refused, with every problem, and can be opened again', () => {
  const details = [{ field: 'answers.sealed', rule: 'is answered' }];
  const refused = onFailed(waiting, { ...failure(422), details }, NOW, 0);
  expect(refused.delivery).toMatchObject({ kind: 'refused', problems: details });
  expect(isDue(refused, NOW)).toBe(false);
  expect(reopened(refused)).toMatchObject({ key: 'k', delivery: { kind: 'draft' } });
  expect(reopened(waiting)).toBe(waiting);
});

it('is not touched by an answer that comes after it was opened again', () => {
  expect(onReceived(entry, 'x', NOW)).toBe(entry);
  expect(onFailed(entry, failure(422), NOW, 0)).toBe(entry);
});
