import { type LocalFile, nextStep } from './plan-copies';

const MINUTE = 60_000;
const nowMs = 1_000 * MINUTE;
const times = { nowMs, keepMs: 60 * MINUTE, liveMs: 20 * MINUTE, unreportedMs: 1_440 * MINUTE };
const closed: LocalFile = {
  file: 'cam/run/0.m4s',
  bytes: 100,
  modifiedMs: nowMs - 1_000,
  indexedBytes: 100,
  stored: undefined,
  isNewest: false,
};
const stored = (bytes: number, minutesAgo: number) => ({ bytes, storedAtMs: nowMs - minutesAgo * MINUTE });
const ago = (minutes: number): number => nowMs - minutes * MINUTE;

describe(nextStep.name, () => {
  it.each<[string, Partial<LocalFile>, string]>([
    ['is closed and on record', {}, 'upload'],
    ['is the newest of its run', { isNewest: true }, 'wait'],
    ['is the newest, and nobody writes to it any more', { isNewest: true, modifiedMs: ago(6) }, 'upload'],
    ['has bytes whose rows are on their way', { indexedBytes: 60 }, 'wait'],
    ['has bytes that never got a row', { indexedBytes: 60, modifiedMs: ago(6) }, 'upload'],
    ['has no row at all', { indexedBytes: undefined, modifiedMs: ago(6) }, 'wait'],
    ['is empty', { bytes: 0, indexedBytes: 0, modifiedMs: ago(6) }, 'wait'],
    ['grew after it was copied', { stored: stored(60, 90), modifiedMs: ago(90) }, 'upload'],
    ['is copied', { stored: stored(100, 1), modifiedMs: ago(90) }, 'keep'],
    ['was copied long ago', { stored: stored(100, 61), modifiedMs: ago(90) }, 'let-go'],
    [
      'was copied long ago, with bytes that may still get rows',
      { stored: stored(100, 61), indexedBytes: 60, modifiedMs: ago(90) },
      'keep',
    ],
    [
      'was copied a day ago, with bytes that never got a row',
      { stored: stored(100, 1_500), indexedBytes: 60, modifiedMs: ago(1_500) },
      'let-go',
    ],
    ['is in the live window', { stored: stored(100, 61), modifiedMs: ago(19) }, 'keep'],
  ])('of a file that %s', (_name, other, step) => {
    expect(nextStep({ ...closed, ...other }, times)).toBe(step);
  });
});
