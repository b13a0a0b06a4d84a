import { createHash } from 'node:crypto';
import { type Fragment, type InitSegment, TICKS_PER_SECOND } from '@app/hls';
import { Clock } from '@app/platform';
import { Lease } from '../lease/lease';
import { CameraStream } from '../live/camera-stream';
import { MediaIntake } from '../packaging/media-intake';
import { PackagingFault } from '../packaging/packaging-fault';
import { type DiskFault, FailingDisk } from './failing-disk';
import type { RecordingRow, SegmentRow } from './recording-rows';

/** Eight segments. */
const SHORT = 12.8;
/** Long enough for a second file. */
const LONG = 64;
const FRAGMENTS_A_SECOND = 5;
/** Two in each segment, whose last part comes together with its end. */
const FRAGMENTS_A_KEY_FRAME = 4;

class MediaClock extends Clock {
  ms = 1_000_000;
  nowMs(): number {
    return this.ms;
  }
  monotonicMs(): number {
    return this.ms;
  }
}

const INIT: InitSegment = {
  kind: 'init',
  bytes: Buffer.from('init'),
  codecs: 'avc1.64001f',
  video: { codec: 'avc1.64001f', width: 640, height: 360, timescale: 90_000, trackId: 1 },
  audio: undefined,
};

const fragment = (index: number): Fragment => ({
  kind: 'fragment',
  bytes: Buffer.from(`fragment ${index} of ${'x'.repeat(index % 7)}`),
  decodeTime: (index * TICKS_PER_SECOND) / FRAGMENTS_A_SECOND,
  duration: TICKS_PER_SECOND / FRAGMENTS_A_SECOND,
  independent: index % FRAGMENTS_A_KEY_FRAME === 0,
  videoSamples: 1,
});

const isMedia = (row: RecordingRow): row is SegmentRow => row.kind === 'segment' && row.gapCause === null;

/** Records a camera that connects again after each fault, and looks at the rules at every step. */
class Script {
  readonly rows: RecordingRow[] = [];
  readonly broken: string[] = [];
  /** Names of the errors that people are told of. */
  readonly alarms: string[] = [];
  private readonly told = new Map<number, SegmentRow>();
  private seenVersion = 0;
  private readonly clock = new MediaClock();
  private readonly stream: CameraStream;
  private intake = this.connect();

  constructor(
    readonly disk: FailingDisk,
    private readonly seconds: number,
  ) {
    const lease = new Lease('camera', 1, this.clock, Infinity);
    const put = (row: RecordingRow): void => {
      this.rows.push(row);
      if (row.kind === 'segment') this.told.set(row.mediaSequence, row);
      if (isMedia(row) && !this.isDurable(row)) this.broken.push(`${row.mediaSequence} was told before it was durable`);
    };
    this.stream = new CameraStream(lease, 2, {
      storage: disk,
      rows: { put, stored: () => Promise.resolve() },
      clock: this.clock,
      guard: { runFailed: (_, { name }) => void this.alarms.push(name) },
    });
  }

  async record(): Promise<this> {
    await this.intake.take(INIT);
    for (let index = 0; index < this.seconds * FRAGMENTS_A_SECOND; index += 1) {
      this.clock.ms += 1000 / FRAGMENTS_A_SECOND;
      await this.take(fragment(index));
      this.look();
    }
    await this.intake.endRun('packager-stopped', '');
    this.look();
    return this;
  }

  get segments(): SegmentRow[] {
    return this.rows.filter((row): row is SegmentRow => row.kind === 'segment');
  }

  get media(): SegmentRow[] {
    return this.rows.filter(isMedia);
  }

  get runEnds(): string[] {
    return this.rows.flatMap((row) => (row.kind === 'run-end' ? [row.reason] : []));
  }

  private connect(): MediaIntake {
    const nothing = (): void => undefined;
    return new MediaIntake(
      { stream: () => Promise.resolve(this.stream), onRestart: nothing, onListed: nothing, onFragment: nothing },
      this.clock,
    );
  }

  private async take(piece: Fragment): Promise<void> {
    try {
      await this.intake.take(piece);
    } catch (error) {
      if (!(error instanceof PackagingFault)) throw error;
      await this.intake.endRun(error.code, error.detail);
      this.intake = this.connect();
      await this.intake.take(INIT);
    }
  }

  private look(): void {
    const { window } = this.stream;
    if (window.version === this.seenVersion) return;
    this.seenVersion = window.version;
    for (const { kind, mediaSequence } of window.segments()) {
      const row = this.told.get(mediaSequence);
      if (!row) this.broken.push(`${mediaSequence} is listed and not told`);
      else if (isMedia(row) !== (kind === 'media')) this.broken.push(`${mediaSequence} is not listed as it was told`);
    }
  }

  private isDurable({ file, byteOffset, byteLength, sha256 }: SegmentRow): boolean {
    const bytes = this.disk.afterPowerCut(file ?? '', byteOffset ?? 0, byteLength ?? 0);
    return bytes?.length === byteLength && createHash('sha256').update(bytes).digest('hex') === sha256;
  }
}

describe('a recording on a good disk', () => {
  it('has all of the media in files of at most two minutes, each segment with its facts', async () => {
    const script = await new Script(new FailingDisk(), LONG).record();
    expect(script.broken).toEqual([]);
    expect(script.runEnds).toEqual(['packager-stopped']);
    expect(script.media.length).toBe(script.segments.length);
    expect(script.media.reduce((sum, row) => sum + row.durationTicks, 0)).toBe(LONG * TICKS_PER_SECOND);
    expect(script.disk.files.size).toBe(2);
    for (const row of script.media) {
      const bytes =
        script.disk.files
          .get(row.file ?? '')
          ?.bytes.subarray(row.byteOffset ?? 0)
          .toString() ?? '';
      const fragmentAt = (offset: number): Fragment => fragment(Number(/^fragment (\d+)/.exec(bytes.slice(offset))?.[1]));
      expect(row.mediaTime).toBe(fragmentAt(0).decodeTime);
      expect(row.keyFrames?.map((offset) => fragmentAt(offset).independent)).toEqual([true, true]);
    }
    const clocks = script.media.map((row) => row.monotonicMs ?? 0);
    expect(clocks).toEqual([...clocks].sort((a, b) => a - b));
  });
});

describe('a recording of which one call of the disk goes wrong', () => {
  interface Attempt {
    at: number;
    call: string;
    fault: DiskFault;
  }

  const attemptsOf = async (seconds: number): Promise<Attempt[]> => {
    const { disk } = await new Script(new FailingDisk(), seconds).record();
    return disk.calls.flatMap((call, at) => {
      const faults: DiskFault[] = ['fails'];
      if (call === 'append') faults.push('tears');
      if (call === 'append' || call === 'read') faults.push('flips');
      return faults.map((fault) => ({ at, call, fault }));
    });
  };

  const check = async ({ at, call, fault }: Attempt, seconds: number): Promise<void> => {
    const script = await new Script(new FailingDisk(at, fault), seconds).record();
    const what = `call ${at}, ${call} ${fault}`;
    expect([what, script.broken, script.disk.retries]).toEqual([what, [], []]);
    const numbers = script.segments.map((row) => row.mediaSequence);
    expect([what, numbers]).toEqual([what, numbers.map((_, index) => index)]);
    expect([what, script.runEnds.filter((reason) => reason === 'storage-failed')]).toEqual([what, ['storage-failed']]);
    expect([what, script.alarms]).toEqual([what, [fault === 'flips' ? 'ReadBackMismatch' : 'Error']]);
    // The segment that was open, and the wait for the next key frame.
    const recorded = script.media.reduce((sum, row) => sum + row.durationTicks, 0) / TICKS_PER_SECOND;
    expect([what, recorded >= seconds - 5]).toEqual([what, true]);
  };

  it('tells and lists nothing that is not durable, gives no number twice, and goes on in new files', async () => {
    const attempts = await attemptsOf(SHORT);
    expect(new Set(attempts.map(({ call }) => call))).toEqual(
      new Set(['open', 'append', 'sync', 'sync-folder', 'read', 'close']),
    );
    for (const attempt of attempts) await check(attempt, SHORT);
  });

  it('does so where one file of a run follows the other', async () => {
    const attempts = await attemptsOf(LONG);
    const second = attempts.findLastIndex(({ call }) => call === 'open');
    for (const attempt of attempts.slice(second - 20, second + 20)) await check(attempt, LONG);
  });
});
