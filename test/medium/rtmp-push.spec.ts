import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FfmpegProcess, type FfmpegTools, locateFfmpeg, packagingArgs, planFor } from '@app/ffmpeg';
import { type PublishEnd, type PublishSink, RtmpListener } from '@app/rtmp';

let tools: FfmpegTools;
let folder: string;
beforeAll(async () => {
  tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
  folder = await mkdtemp(join(tmpdir(), 'rtmp-push-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs ffmpeg to its end and gives its exit code and stderr. */
async function ffmpeg(...args: string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(tools.ffmpeg, ['-nostdin', '-hide_banner', '-loglevel', 'error', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

const PICTURE = ['-re', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25', '-f', 'lavfi', '-i', 'sine=440:r=48000'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p'];

/** A sink that packages, as the packager does. */
class PackagingSink implements PublishSink {
  readonly ended: Promise<PublishEnd>;
  readonly media: Buffer[] = [];
  process: FfmpegProcess | undefined;
  private settle!: (reason: PublishEnd) => void;
  constructor() {
    this.ended = new Promise((resolve) => (this.settle = resolve));
  }
  start(codecs: Parameters<NonNullable<PublishSink['start']>>[0]): void {
    this.process = FfmpegProcess.start({ tools, args: packagingArgs({ kind: 'flv-stdin' }, planFor(codecs)), stdin: 'pipe' });
    this.process.stdout.on('data', (bytes: Buffer) => this.media.push(bytes));
  }
  write(buffers: readonly Buffer[]): void {
    for (const buffer of buffers) this.process!.stdin!.write(buffer);
  }
  end(reason: PublishEnd): void {
    this.process?.stdin?.end();
    this.settle(reason);
  }
}

async function listen(): Promise<{ listener: RtmpListener; url: string; sinks: PackagingSink[] }> {
  const sinks: PackagingSink[] = [];
  const authorize = async (streamKey: string) => {
    if (streamKey !== 'good') return undefined;
    sinks.push(new PackagingSink());
    return sinks.at(-1);
  };
  const listener = new RtmpListener({ port: 0, host: '127.0.0.1', authorize });
  return { listener, url: `rtmp://127.0.0.1:${await listener.listen()}/live/`, sinks };
}

describe('a camera that pushes with RTMP', () => {
  it.each([
    ['B-frames and AAC', ['-preset', 'veryfast', '-bf', '2', '-c:a', 'aac'], ['h264', 'aac']],
    ['no B-frames and G.711', ['-bf', '0', '-c:a', 'pcm_alaw', '-ar', '8000', '-ac', '1'], ['h264', 'aac']],
    ['no sound', ['-bf', '0', '-an'], ['h264']],
  ])('is packaged without loss: %s', async (_, codecs, tracks) => {
    const { listener, url, sinks } = await listen();
    const sent = await ffmpeg(...PICTURE, '-t', '3', ...H264, ...codecs, '-f', 'flv', `${url}good`);
    expect(sent).toEqual({ code: 0, stderr: '' });
    expect(await sinks[0]!.ended).toBe('unpublished');
    expect(await sinks[0]!.process!.exited).toEqual({ code: 0, signal: null });
    const file = join(folder, `${tracks.length}-${codecs.length}.mp4`);
    await writeFile(file, Buffer.concat(sinks[0]!.media));
    expect(await ffmpeg('-i', file, '-f', 'null', '-')).toEqual({ code: 0, stderr: '' });
    expect(await describeFile(file)).toEqual({ tracks, pictures: 75 });
    await listener.close();
  });

  it('is refused with a wrong key before any of its media is taken', async () => {
    const { listener, url, sinks } = await listen();
    const sent = await ffmpeg(...PICTURE, '-t', '3', ...H264, '-c:a', 'aac', '-f', 'flv', `${url}wrong`);
    expect(sent.code).not.toBe(0);
    expect(sent.stderr).toContain('There is no such stream key.');
    expect(sinks).toEqual([]);
    expect(listener.stats()).toMatchObject({ mediaMessages: 0, mediaBytes: 0 });
    await listener.close();
  });

  it('wins over its own older connection', async () => {
    const { listener, url, sinks } = await listen();
    const older = ffmpeg(...PICTURE, '-t', '20', ...H264, '-c:a', 'aac', '-f', 'flv', `${url}good`);
    while (listener.stats().mediaMessages === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const newer = await ffmpeg(...PICTURE, '-t', '2', ...H264, '-c:a', 'aac', '-f', 'flv', `${url}good`);
    expect(newer.code).toBe(0);
    expect(await sinks[0]!.ended).toBe('replaced');
    expect((await older).code).not.toBe(0);
    expect(await sinks[1]!.ended).toBe('unpublished');
    await listener.close();
  });
});

async function describeFile(file: string): Promise<{ tracks: string[]; pictures: number }> {
  const report = join(folder, 'report.json');
  const child = spawn(tools.ffprobe!, ['-v', 'error', '-count_packets', '-show_streams', '-of', 'json', '-o', report, file]);
  await once(child, 'close');
  const { streams } = JSON.parse(await readFile(report, 'utf8')) as {
    streams: { codec_name: string; nb_read_packets: string }[];
  };
  return { tracks: streams.map(({ codec_name }) => codec_name), pictures: Number(streams[0]?.nb_read_packets) };
}
