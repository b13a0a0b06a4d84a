import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseTargetDuration, type Fragment, type InitSegment, LiveWindow, type PackedEvent, Segmenter } from '@app/hls';
import { ReloadChecker } from '../../libs/testing/src/reload-checker';
import { parse, record, run } from './hls-recording';

const PART_TARGET = 0.5;

interface Packed {
  readonly segments: { bytes: Buffer; duration: number; independent: boolean }[];
  readonly checker: ReloadChecker;
}

/** Packs and lists, checking the playlist after every change as a client would see it. */
const packAll = (init: InitSegment, fragments: readonly Fragment[], targetDuration: number): Packed => {
  const segmenter = new Segmenter({ partTarget: PART_TARGET, targetDuration });
  const window = new LiveWindow<Buffer>({ targetDuration, partTarget: PART_TARGET });
  const checker = new ReloadChecker();
  window.startRun({ runId: 'run-1', init: init.bytes, startsAt: 1_000_000 });
  const segments: Packed['segments'] = [];
  let open: Buffer[] = [];
  const apply = (event: PackedEvent): void => {
    if (event.kind === 'part') {
      open.push(...event.part.chunks);
      window.addPart({ ...event.part, body: Buffer.concat(event.part.chunks) });
    } else if (event.kind === 'segment-end') {
      const bytes = Buffer.concat(open);
      segments.push({ bytes, duration: window.closeSegment(bytes).duration, independent: event.independent });
      open = [];
    } else throw new Error(`unexpected ${event.kind}`);
  };
  for (const step of [...fragments.map((fragment) => () => segmenter.push(fragment)), () => segmenter.finish()]) {
    step().forEach(apply);
    const answer = window.playlist();
    const at = (window.endsAt ?? 0) - 1_000_000;
    if (answer.kind === 'ready') checker.observe({ at, status: 200, text: answer.text });
  }
  return { segments, checker };
};

describe('packing what ffmpeg writes', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hls-packing-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const frames = async (bytes: Buffer): Promise<{ count: number; firstKey: boolean }> => {
    const file = join(folder, `${Math.random()}.mp4`);
    await writeFile(file, bytes);
    const entries = ['-select_streams', 'v:0', '-show_entries', 'frame=key_frame', '-of', 'csv=p=0'];
    const { stdout, stderr } = await run('ffprobe', ['-v', 'warning', ...entries, file]);
    expect(stderr).toBe('');
    const lines = stdout.split('\n').filter((line) => /^[01]/.test(line));
    return { count: lines.length, firstKey: lines[0]?.startsWith('1') ?? false };
  };

  it.each([
    { fps: 25, gop: 50, target: 2 },
    { fps: 30, gop: 30, target: 2 },
    { fps: 15, gop: 30, target: 2 },
    { fps: 12, gop: 12, target: 2 },
    { fps: 25, gop: 100, target: 4 },
    { fps: 25, gop: 250, target: 4 },
    { fps: 25, gop: 50, target: 2, bFrames: 2 },
    { fps: 25, gop: 50, target: 2, audio: false },
  ])('lists $fps fps with a key frame every $gop frames by the rules', async ({ target, ...source }) => {
    const { inits, fragments, pending } = parse(await record({ ...source, seconds: 26 }));
    expect(inits).toHaveLength(1);
    expect(pending).toBe(0);
    expect(chooseTargetDuration(fragments)).toBe(target);
    const { segments, checker } = packAll(inits[0] as InitSegment, fragments, target);
    expect(checker.violations).toEqual([]);
    expect(segments.reduce((sum, { duration }) => sum + duration, 0)).toBe(26 * 90_000);
    const whole = await frames(Buffer.concat([(inits[0] as InitSegment).bytes, ...segments.map(({ bytes }) => bytes)]));
    expect(whole.count).toBe(26 * source.fps);
  });

  it('starts each segment with a key frame that a decoder can begin at', async () => {
    const { inits, fragments } = parse(await record({ fps: 25, gop: 50, seconds: 8 }));
    const { segments } = packAll(inits[0] as InitSegment, fragments, 2);
    expect(segments).toHaveLength(4);
    for (const { bytes, independent } of segments) {
      expect(independent).toBe(true);
      const alone = await frames(Buffer.concat([(inits[0] as InitSegment).bytes, bytes]));
      expect(alone).toEqual({ count: 50, firstKey: true });
    }
  });

  it('names codecs, size and tracks as ffprobe does', async () => {
    const { inits } = parse(await record({ fps: 25, gop: 25, seconds: 1, size: '320x180' }));
    expect(inits[0]).toMatchObject({
      codecs: expect.stringMatching(/^avc1\.[0-9a-f]{6},mp4a\.40\.2$/),
      video: { width: 320, height: 180, timescale: 90_000 },
      audio: { codec: 'mp4a.40.2', timescale: 48_000 },
    });
  });

  it('packs sound alone', async () => {
    const { inits, fragments } = parse(await record({ fps: 25, gop: 25, seconds: 8, video: false }));
    expect(inits[0]).toMatchObject({ codecs: 'mp4a.40.2', video: undefined });
    const { checker, segments } = packAll(inits[0] as InitSegment, fragments, 2);
    expect(checker.violations).toEqual([]);
    expect(segments.length).toBeGreaterThan(2);
  });

  it('gives the same pieces for any size of chunks, prft boxes left out', async () => {
    const bytes = await record({ fps: 25, gop: 25, seconds: 3 });
    const whole = parse(bytes, bytes.length);
    for (const size of [1, 7, 100, 4096]) expect(parse(bytes, size)).toEqual(whole);
    expect(whole.fragments.some((fragment) => fragment.bytes.includes('prft'))).toBe(false);
  });

  it('sees a second file in the same pipe as a new init segment', async () => {
    const [first, second] = [
      await record({ fps: 25, gop: 25, seconds: 1 }),
      await record({ fps: 25, gop: 25, seconds: 1, size: '320x180', audio: false }),
    ];
    const { inits } = parse(Buffer.concat([first, second]));
    expect(inits.map(({ video, audio }) => [video?.width, audio?.codec])).toEqual([
      [192, 'mp4a.40.2'],
      [320, undefined],
    ]);
  });
});
