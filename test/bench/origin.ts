/**
 * `npm run bench:origin -- --viewers 300 --seconds 20`
 *
 * Low-latency viewers (blocking delta reload, every part) of one camera: CPU of the live origin itself, and of the api
 * in front of it; from that, viewers per core before TLS.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { cpuSeconds, System } from '@app/testing';
import { benchArguments } from './arguments';
import { ListReader } from './list-reader';
import { LoadViewer, type ViewerCount } from './load-viewer';

const LIVE_TIMEOUT_MS = 60_000;
const WARM_UP_MS = 4_000;

async function main(): Promise<void> {
  const options = benchArguments({ viewers: 300, seconds: 20 });
  const system = await System.start({ POLLGLASS_DEMO: 'on' });
  try {
    await system.untilLive(16, LIVE_TIMEOUT_MS);
    const [camera, ...others] = await (await system.client()).cameras();
    if (!camera) throw new Error('there is no camera');
    const operator = await system.client('operator');
    for (const other of others) await operator.json('PATCH', `/cameras/${other.id}`, { enabled: false });
    const packager = await system.process('packager-1');
    const api = await system.process('api');
    const path = `/hls/${camera.id}/live.m3u8`;
    await report('origin', [packager.pid], `http://127.0.0.1:${packager.port}${path}`, options);
    await report('through the api', [packager.pid, api.pid], `${system.url}${path}`, options);
  } finally {
    await system.dispose();
  }
}

async function report(name: string, pids: number[], url: string, options: { viewers: number; seconds: number }): Promise<void> {
  const idle = await shareOfCore(pids, options.seconds / 2);
  const reader = new ListReader();
  const viewers = Array.from({ length: options.viewers }, () => new LoadViewer(url, reader));
  const running = viewers.map((viewer) => viewer.run());
  await delay(WARM_UP_MS);
  const before = { ...total(viewers), made: reader.uris.size };
  const cost = (await shareOfCore(pids, options.seconds)) - idle;
  const after = { ...total(viewers), made: reader.uris.size };
  viewers.forEach((viewer) => viewer.stop());
  await Promise.all(running);
  const rate = (key: keyof typeof after): number => (after[key] - before[key]) / options.seconds;
  // A viewer that keeps up asks for a list and a part each time a part is made; one that is starved counts for what it was sent.
  const served = Math.min(rate('playlists'), rate('parts')) / rate('made');
  process.stdout.write(
    `${name.padEnd(16)} ${served.toFixed(0)} of ${options.viewers} viewers' requests answered in time: ${(cost * 100).toFixed(1)} % of a core ` +
      `above idle = ${Math.round(served / cost)} viewers a core; ${rate('playlists').toFixed(0)} lists/s, ${rate('parts').toFixed(0)} parts/s, ` +
      `${((rate('bytes') * 8) / 1e6).toFixed(0)} Mbit/s, ${after.errors} errors\n`,
  );
  if (after.errors > 0) process.exitCode = 1;
}

async function shareOfCore(pids: number[], seconds: number): Promise<number> {
  const before = { cpu: cpuSeconds(pids), at: performance.now() };
  await delay(seconds * 1000);
  return (cpuSeconds(pids) - before.cpu) / ((performance.now() - before.at) / 1000);
}

function total(viewers: LoadViewer[]): ViewerCount {
  const sum: ViewerCount = { playlists: 0, parts: 0, bytes: 0, errors: 0 };
  for (const { count } of viewers) for (const key of Object.keys(sum) as (keyof ViewerCount)[]) sum[key] += count[key];
  return sum;
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
