/**
 * `npm run bench:packaging -- --cameras 40 --source rtsp|rtmp|srt --seconds 30`
 *
 * CPU of one camera-second: ours (packager and its ffmpeg children, everything included) against bare
 * `ffmpeg -c copy -f hls` on the same streams, at the same time on the same machine. The senders are left out.
 * `--pictures off` leaves out looking for black and frozen pictures, whose decoder is otherwise told by itself.
 * Machines are noisy: read the ratio.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { RegisteredCamera } from '@app/contracts';
import { locateFfmpeg } from '@app/ffmpeg';
import { type ApiClient, cpuSeconds, memoryBytes, processTree, System } from '@app/testing';
import { benchArguments } from './arguments';
import { type BenchSource, startSource } from './bench-source';

const LIVE_TIMEOUT_MS = 120_000;
/** Until bare ffmpegs that wait for a sender listen. */
const LISTEN_MS = 5_000;
/** Until the code that runs for each packet has been compiled: a packager runs all day. */
const SETTLE_MS = 30_000;

async function main(): Promise<void> {
  const options = benchArguments({ cameras: 40, source: 'rtsp', seconds: 30, pictures: 'on' });
  const system = await System.start({
    POLLGLASS_DEMO: 'on',
    POLLGLASS_CAPACITY: String(options.cameras + 20),
    POLLGLASS_PICTURE_CHECKS: options.pictures,
  });
  const tools = await locateFfmpeg({ ffmpegPath: process.env['FFMPEG_PATH'], path: process.env['PATH'] ?? '' });
  const source = await startSource(options.source, options.cameras, join(system.dataDirectory, 'bench'), tools);
  let bare: ChildProcess[] = [];
  try {
    const operator = await system.client('operator');
    await switchOffDemo(operator);
    const cameras = await registerAll(operator, source, options.cameras);
    bare = await startBare(tools.ffmpeg, source, join(system.dataDirectory, 'bare'));
    // Asking whether they listen would use up the one connection that each of them takes.
    await delay(LISTEN_MS);
    await source.begin(cameras);
    await untilLive(operator, cameras);
    await delay(SETTLE_MS);
    const packager = (await system.process('packager-1')).pid;
    await measure(packager, bare, options);
  } finally {
    for (const child of bare) child.kill('SIGKILL');
    await source.stop();
    await system.dispose();
  }
}

async function switchOffDemo(operator: ApiClient): Promise<void> {
  for (const camera of await operator.cameras()) await operator.json('PATCH', `/cameras/${camera.id}`, { enabled: false });
}

async function registerAll(operator: ApiClient, source: BenchSource, count: number): Promise<RegisteredCamera[]> {
  const [station] = await operator.stations();
  if (!station) throw new Error('the demo election has no station');
  const cameras: RegisteredCamera[] = [];
  for (let index = 0; index < count; index += 1) {
    cameras.push(
      await operator.json('POST', '/cameras', {
        stationCode: station.code,
        name: `Bench ${index}`,
        source: source.sourceOf(index),
      }),
    );
  }
  return cameras;
}

async function untilLive(operator: ApiClient, cameras: RegisteredCamera[]): Promise<void> {
  const wanted = new Set(cameras.map((camera) => camera.id));
  const deadline = Date.now() + LIVE_TIMEOUT_MS;
  for (;;) {
    const mine = (await operator.cameras()).filter((camera) => wanted.has(camera.id));
    const live = mine.filter((camera) => camera.state.state === 'live').length;
    if (live === wanted.size) return;
    if (Date.now() > deadline)
      throw new Error(
        `only ${live} of ${wanted.size} bench cameras are live: ${JSON.stringify(mine.find((camera) => camera.state.state !== 'live')?.state)}`,
      );
    await delay(500);
  }
}

async function startBare(ffmpeg: string, source: BenchSource, folder: string): Promise<ChildProcess[]> {
  await rm(folder, { recursive: true, force: true });
  return Promise.all(
    source.bare.inputs.map(async (input, index) => {
      const target = join(folder, String(index));
      await mkdir(target, { recursive: true });
      const output = [
        '-map',
        '0:v:0',
        '-map',
        '0:a:0?',
        '-c',
        'copy',
        ...source.bare.filters,
        '-f',
        'hls',
        '-hls_time',
        '2',
        '-hls_list_size',
        '10',
        '-hls_flags',
        'delete_segments',
        '-hls_segment_type',
        'fmp4',
      ];
      const child = spawn(
        ffmpeg,
        ['-hide_banner', '-loglevel', 'fatal', '-nostdin', ...input, ...output, join(target, 'live.m3u8')],
        { stdio: ['ignore', 'ignore', 'inherit'], cwd: target },
      );
      await once(child, 'spawn');
      return child;
    }),
  );
}

async function measure(
  packager: number,
  bare: ChildProcess[],
  options: { cameras: number; source: string; seconds: number },
): Promise<void> {
  const barePids = bare.map((child) => child.pid as number);
  const tree = processTree(packager);
  const ours = tree.map((each) => each.pid);
  // The one process that makes small pictures.
  const eyes = tree.filter((each) => each.arguments.includes('pgm')).map((each) => each.pid);
  const before = {
    ours: cpuSeconds(ours),
    packager: cpuSeconds([packager]),
    eyes: cpuSeconds(eyes),
    bare: cpuSeconds(barePids),
    at: process.hrtime.bigint(),
  };
  await delay(options.seconds * 1000);
  const seconds = Number(process.hrtime.bigint() - before.at) / 1e9;
  const perCamera = (cpu: number): number => (cpu * 1000) / (seconds * options.cameras);
  const all = perCamera(cpuSeconds(ours) - before.ours);
  const node = perCamera(cpuSeconds([packager]) - before.packager);
  const looking = perCamera(cpuSeconds(eyes) - before.eyes);
  const peer = perCamera(cpuSeconds(barePids) - before.bare);
  const gone = barePids.filter((pid) => processTree(pid).length === 0).length;
  if (gone > 0) throw new Error(`${gone} of the bare ffmpegs ended: their figure would be too low`);
  const children = ours.filter((pid) => pid !== packager && processTree(pid).length > 0);
  const childMemory = children.reduce((sum, pid) => sum + memoryBytes(pid), 0) / options.cameras;
  const rows = [
    ['cameras', `${options.cameras} over ${options.source}, ${seconds.toFixed(1)} s`],
    [
      'ours',
      `${all.toFixed(2)} CPU-ms per camera-second (packager ${node.toFixed(2)}, ffmpeg ${(all - node - looking).toFixed(2)}, looking at pictures ${looking.toFixed(2)})`,
    ],
    ['bare ffmpeg', `${peer.toFixed(2)} CPU-ms per camera-second`],
    ['ratio', (all / peer).toFixed(2)],
    [
      'memory',
      `${megabytes(memoryBytes(packager) / options.cameras)} per camera in the packager (whole process shared out), ${megabytes(childMemory)} per ffmpeg child`,
    ],
  ];
  for (const [name, value] of rows) process.stdout.write(`${(name ?? '').padEnd(12)} ${value}\n`);
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

void main().catch((error: unknown) => {
  process.stderr.write(`${inspect(error)}\n`);
  process.exitCode = 1;
});
