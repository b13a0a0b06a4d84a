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

  it('ends a gap that went on part by part where the media begins', () => {
    const { gaps, rows } = lister();
    gaps.listUntil(START_MS + 1_000 + 700);
    expect(rows).toEqual([]);
    gaps.coverUntil(START_MS + 1_000 + 900);
    expect(rows).toMatchObject([{ kind: 'segment', durationTicks: 0.9 * TICKS_PER_SECOND, gapCause: 'host-unreachable' }]);
  });
});
