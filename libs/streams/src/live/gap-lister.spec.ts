import { LiveWindow, TICKS_PER_SECOND } from '@app/hls';
import { PART_TARGET_SECONDS } from '../packaging/packaging-settings';
import type { RecordingRow } from '../recording/recording-rows';
import { StreamRows } from '../recording/stream-rows';
import { GapLister } from './gap-lister';
import { inMemory, type MediaBody } from './media-body';

const START_MS = Date.UTC(2026, 10, 22, 8);

function lister() {
  const window = new LiveWindow<MediaBody>({ targetDuration: 2, partTarget: PART_TARGET_SECONDS, windowSeconds: 600 });
  window.startRun({ runId: 'run', init: inMemory([Buffer.from('init')]), startsAt: START_MS });
  for (let index = 0; index < 2; index += 1)
    window.addPart({ duration: TICKS_PER_SECOND / 2, independent: index === 0, body: inMemory([Buffer.from('part')]) });
  window.closeSegment(inMemory([Buffer.from('part')]));
  const rows: RecordingRow[] = [];
  const gaps = new GapLister(
    window,
    new StreamRows({ cameraId: 'camera', generation: 1 }, { put: (row) => rows.push(row), stored: () => Promise.resolve() }),
    2,
    () => undefined,
  );
  gaps.because('host-unreachable');
  return { window, gaps, rows };
}

describe(GapLister, () => {
  it.each([100, 499, 500, 730, 1_200, 5_310, 61_149])(
    'leaves nothing uncovered before media that comes %i ms later',
    (missingMs) => {
      const { window, gaps, rows } = lister();
      gaps.coverUntil(START_MS + 1_000 + missingMs);
      expect(window.endsAt).toBeCloseTo(START_MS + 1_000 + missingMs, 1);
      const ticks = rows.reduce((sum, row) => sum + (row.kind === 'segment' ? row.durationTicks : 0), 0);
      expect(ticks / 90).toBeCloseTo(missingMs, 1);
    },
  );

  it('lists no gap that nobody misses, nor time that media covers already', () => {
    for (const missingMs of [-700, 0, 40]) {
      const { window, gaps, rows } = lister();
      gaps.coverUntil(START_MS + 1_000 + missingMs);
      expect(window.endsAt).toBe(START_MS + 1_000);
      expect(rows).toEqual([]);
    }
  });

  it('lists a little of a gap soon, a segment within 1.5 target durations each, and no second beginning', () => {
    const { window, gaps, rows } = lister();
    const listedAt: number[] = [];
    for (let now = START_MS + 1_000; now <= START_MS + 13_000; now += 125) {
      gaps.goOn(now);
      while (listedAt.length < rows.length) listedAt.push(now - START_MS - 1_000);
    }
    const seconds = rows.map((row) => (row.kind === 'segment' ? row.durationTicks / TICKS_PER_SECOND : undefined));
    expect(seconds.slice(0, 4)).toEqual([0.25, 1, 2, 2]);
    expect(listedAt.slice(0, 4)).toEqual([1_000, 3_250, 5_250, 7_250]);
    expect(window.endsAt).toBe(START_MS + 1_000 + 9_750);
    gaps.begin();
    gaps.goOn(START_MS + 14_000);
    expect(rows).toHaveLength(listedAt.length + 1);
  });

  it('begins with whole segments where an owner finds a long absence', () => {
    const { gaps, rows } = lister();
    gaps.goOn(START_MS + 1_000 + 6_700);
    expect(rows.map((row) => row.kind === 'segment' && row.durationTicks / TICKS_PER_SECOND)).toEqual([2, 2]);
  });

  it('ends a gap that went on part by part where the media begins', () => {
    const { gaps, rows } = lister();
    gaps.listUntil(START_MS + 1_000 + 700);
    expect(rows).toEqual([]);
    gaps.coverUntil(START_MS + 1_000 + 900);
    expect(rows).toMatchObject([{ kind: 'segment', durationTicks: 0.9 * TICKS_PER_SECOND, gapCause: 'host-unreachable' }]);
  });
});
