import { type Fragment, type InitSegment, TICKS_PER_SECOND } from '@app/hls';
import { Clock } from '@app/platform';
import { Lease } from '../lease/lease';
import { CameraStream } from '../live/camera-stream';
import { FailingDisk } from '../recording/failing-disk';
import type { RecordingRow, SegmentRow } from '../recording/recording-rows';
import { MediaIntake } from './media-intake';

const START = Date.parse('2026-11-22T10:00:00Z');
const HOUR_MS = 3_600_000;
const FRAGMENTS_A_SECOND = 5;

class StationClock extends Clock {
  wallMs = START;
  monoMs = 7_000;
  nowMs(): number {
    return this.wallMs;
  }
  monotonicMs(): number {
    return this.monoMs;
  }
  pass(ms: number): void {
    this.wallMs += ms;
    this.monoMs += ms;
  }
}

const INIT: InitSegment = {
  kind: 'init',
  bytes: Buffer.from('init'),
  codecs: 'avc1.64001f',
  video: { codec: 'avc1.64001f', width: 640, height: 360, timescale: 90_000, trackId: 1 },
  audio: undefined,
};

/** A camera with a key frame a second whose media arrive as they happen. */
class Scene {
  readonly clock = new StationClock();
  readonly rows: RecordingRow[] = [];
  readonly restarts: string[] = [];
  readonly stream = new CameraStream(new Lease('camera', 1, this.clock, Infinity), 2, {
    storage: new FailingDisk(),
    rows: { put: (row) => this.rows.push(row), stored: () => this.store() },
    clock: this.clock,
    guard: { runFailed: () => undefined },
  });
  /** How many rows there were each time they had to be safe. */
  readonly stored: number[] = [];
  readonly intake = new MediaIntake(
    {
      stream: () => Promise.resolve(this.stream),
      onRestart: (fault) => this.restarts.push(fault),
      onListed: () => undefined,
      onFragment: () => undefined,
    },
    this.clock,
  );
  private sent = 0;

  async send(seconds: number): Promise<this> {
    if (this.sent === 0) await this.intake.take(INIT);
    for (let count = 0; count < seconds * FRAGMENTS_A_SECOND; count += 1) {
      this.clock.pass(1000 / FRAGMENTS_A_SECOND);
      await this.intake.take(this.fragment(this.sent));
      this.sent += 1;
    }
    return this;
  }

  private store(): Promise<void> {
    this.stored.push(this.segments.length);
    return Promise.resolve();
  }

  get segments(): SegmentRow[] {
    return this.rows.filter((row): row is SegmentRow => row.kind === 'segment');
  }

  get runEnds(): string[] {
    return this.rows.flatMap((row) => (row.kind === 'run-end' ? [`${row.reason}: ${row.detail}`] : []));
  }

  /** What the live list says now. */
  get list(): string {
    const answer = this.stream.window.playlist();
    if (answer.kind !== 'ready') throw new Error(answer.kind);
    return answer.text;
  }

  private fragment(index: number): Fragment {
    return {
      kind: 'fragment',
      bytes: Buffer.from(`fragment ${index}`),
      decodeTime: (index * TICKS_PER_SECOND) / FRAGMENTS_A_SECOND,
      duration: TICKS_PER_SECOND / FRAGMENTS_A_SECOND,
      independent: index % FRAGMENTS_A_SECOND === 0,
      videoSamples: 1,
    };
  }
}

const startOf = (row: SegmentRow): number => row.startsAt.getTime();
const endOf = (row: SegmentRow): number => startOf(row) + (row.durationTicks * 1000) / TICKS_PER_SECOND;
const inOrder = (numbers: readonly number[]): boolean => numbers.every((value, index) => value === (numbers[0] ?? 0) + index);

describe(MediaIntake, () => {
  describe.each([
    ['forward by an hour', HOUR_MS],
    ['back by an hour', -HOUR_MS],
    ['back by three seconds', -3_000],
  ])('when the clock is set %s', (_, stepMs) => {
    const scene = new Scene();
    let before: SegmentRow[];
    let after: SegmentRow[];

    beforeAll(async () => {
      await scene.send(20);
      scene.clock.wallMs += stepMs;
      await scene.send(20);
      const last = scene.segments.findLastIndex((row) => row.runId === scene.segments[0]?.runId);
      before = scene.segments.slice(0, last + 1);
      after = scene.segments.slice(last + 1).filter((row) => row.gapCause === null);
    });

    it('ends the run, and says by how much the clock was set', () => {
      expect(scene.runEnds).toEqual([`clock-stepped: The clock was set by ${(stepMs / 1000).toFixed(3)} s.`]);
      expect(scene.restarts).toEqual(['clock-stepped']);
    });

    it('reorders nothing: numbers go on, durations stay', () => {
      expect(inOrder(scene.segments.map((row) => row.mediaSequence))).toBe(true);
      const recordedMs = [...before, ...after].reduce((sum, row) => sum + row.durationTicks / 90, 0);
      // What was held to find the new start, and the open segment at the end, are not told yet.
      expect(recordedMs).toBeGreaterThan(35_000);
      expect(after[0]?.discontinuitySequence).toBe((before[0]?.discontinuitySequence ?? 0) + 1);
    });

    it('goes on with the new time, right from its first segment', () => {
      const elapsedMs = scene.clock.monoMs - 7_000;
      const last = after.at(-1)!;
      // The open segment is not told: the told ones end less than a segment and a part before now.
      const behindMs = START + elapsedMs + stepMs - endOf(last);
      expect(behindMs).toBeGreaterThanOrEqual(0);
      expect(behindMs).toBeLessThan(2_600);
      for (const [index, row] of after.entries())
        if (index > 0) expect(Math.abs(startOf(row) - endOf(after[index - 1]!))).toBeLessThan(3);
    });

    it('shows a list whose times go back at a discontinuity only', () => {
      let reached = -Infinity;
      let mayGoBack = false;
      for (const line of scene.list.split('\n')) {
        if (line === '#EXT-X-DISCONTINUITY') mayGoBack = true;
        if (!line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) continue;
        const at = Date.parse(line.slice(line.indexOf(':') + 1));
        if (!mayGoBack) expect(at).toBeGreaterThan(reached);
        [reached, mayGoBack] = [at, false];
      }
      expect(reached).toBeGreaterThan(0);
    });

    it('calls time that never was a gap for that reason', () => {
      const causes = [...new Set(scene.segments.flatMap((row) => row.gapCause ?? []))];
      expect(causes).toEqual(stepMs > 0 ? ['clock-stepped'] : []);
    });
  });

  it('begins a new run when the media stay behind: the camera lost seconds and is on time again', async () => {
    const scene = await new Scene().send(20);
    scene.clock.pass(8_000);
    await scene.send(15);
    expect(scene.runEnds).toEqual([]);
    await scene.send(25);
    expect(scene.runEnds).toEqual([expect.stringMatching(/^late: The media stays 8\.\d s behind/)]);
    expect(scene.restarts).toEqual(['late']);
    const behindMs = scene.clock.nowMs() - (scene.stream.window.endsAt ?? 0);
    expect(behindMs).toBeLessThan(1_000);
    expect(scene.segments.find((row) => row.gapCause !== null)?.gapCause).toBe('late');
  });

  it('ends a segment that is nearly full when told so, goes on in the same run, and has its row safe before more is written', async () => {
    const scene = await new Scene().send(9.4);
    expect(scene.intake.openSegment).toBe('waits');
    await scene.intake.endSegment();
    const before = scene.segments.length;
    await scene.send(0.4);
    expect(scene.intake.openSegment).toBe('may-end');
    expect(scene.segments.length).toBe(before);
    expect(scene.stored).toEqual([0]);
    await scene.intake.endSegment();
    expect(scene.intake.openSegment).toBe('waits');
    expect(scene.segments.length).toBe(before + 1);
    expect(scene.segments.at(-1)?.durationTicks).toBeLessThan(2 * TICKS_PER_SECOND);
    await scene.send(8.2);
    expect(scene.stored).toEqual([0, before + 1]);
    expect(scene.runEnds).toEqual([]);
    expect(inOrder(scene.segments.map((row) => row.mediaSequence))).toBe(true);
    const lastTwo = scene.segments.slice(-2).map((row) => [row.durationTicks, row.independent]);
    expect(lastTwo).toEqual(lastTwo.map(() => [2 * TICKS_PER_SECOND, true]));
  });

  it('follows a camera whose clock is slow, with no new run', async () => {
    const scene = new Scene();
    await scene.send(1);
    for (let minute = 0; minute < 30; minute += 1) {
      await scene.send(60);
      scene.clock.pass(20);
    }
    // 600 ms were lost; without following, the list would be behind by as much and more.
    expect(scene.runEnds).toEqual([]);
    const behindMs = scene.clock.nowMs() - (scene.stream.window.endsAt ?? 0);
    expect(behindMs).toBeLessThan(550);
    const media = scene.segments;
    for (const [index, row] of media.entries())
      if (index > 0) expect(Math.abs(startOf(row) - endOf(media[index - 1]!))).toBeLessThan(3);
  });
});
