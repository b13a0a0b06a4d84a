import type { DiskFigures, Logger } from '@app/platform';
import { DiskWatch } from './disk-watch';

const THRESHOLDS = { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 };

it('says once that the disk has come to another level, and how much must go', async () => {
  const said: string[] = [];
  const note = (severity: string) => (told: { before: string; level: string }) =>
    said.push(`${severity} ${told.before}>${told.level}`);
  const logger = { info: note('info'), warn: note('warn'), error: note('error') } as unknown as Logger;
  let nowMs = 0;
  const clock = { now: () => new Date(nowMs) };
  let figures: DiskFigures = { usedBytes: 0, freeBytes: 0 };
  const watch = new DiskWatch({ read: () => Promise.resolve(figures) }, '/media', THRESHOLDS, clock, logger);
  const excess: number[] = [];
  const since: number[] = [];
  for (const usedBytes of [10, 79, 80, 85, 90, 94, 96, 99, 99, 90, 20, 20]) {
    figures = { usedBytes, freeBytes: 100 - usedBytes };
    nowMs += 1;
    const state = await watch.look();
    excess.push(state.excessBytes);
    since.push(state.since.getTime());
  }
  expect(said).toEqual([
    'warn enough>filling',
    'warn filling>short',
    'error short>critical',
    'error critical>full',
    'warn full>short',
    'info short>enough',
  ]);
  expect(excess).toEqual([0, 0, 0, 0, 1, 5, 7, 10, 10, 1, 0, 0]);
  expect(since).toEqual([1, 1, 3, 3, 5, 5, 7, 8, 8, 10, 11, 11]);
});
