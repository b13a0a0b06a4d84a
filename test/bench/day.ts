/**
 * `npm run bench:day -- --hours 14 --cameras 2 --neighbours 38 --seeks 40`
 *
 * Makes a day of recording (real media, rows and files as a packager leaves them, between the rows of neighbours whose bytes nobody asks for) and prints what it costs to go back in it: lists of the
 * first and the last hour, the first frame after a seek in Chromium, a clip of a minute, a still, and the index's bytes a segment.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadConfig } from '@app/config';
import type { Db } from '@app/database';
import { type FfmpegTools, locateFfmpeg } from '@app/ffmpeg';
import { createLogger } from '@app/platform';
import { Browser, createTestDatabase } from '@app/testing';
import { createApi } from '../../apps/api/src/api';
import { benchArguments, percentile } from './arguments';
import { addCamera } from './bench-camera';
import { recordLoop } from './day-media';
import { DayRecorder } from './recorded-day';
import { serveSeekPage } from './seek-page';
import { received, signIn } from './visitor';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const TRIES = 50;

async function main(): Promise<void> {
  const { hours, cameras, neighbours, seeks, kilobits } = benchArguments({
    hours: 14,
    cameras: 2,
    neighbours: 38,
    seeks: 40,
    kilobits: 150,
  });
  const data = await mkdtemp(join(tmpdir(), 'pollglass-day-'));
  const database = await createTestDatabase();
  const { db } = database;
  const tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
  const options = { config: loadConfig({ POLLGLASS_DATA: data }), databaseUrl: database.url, checkResponses: false };
  const rest = { logger: createLogger('api', 'error'), ffmpeg: () => Promise.resolve(tools), webDirectory: join(data, 'web') };
  const app = await createApi({ ...options, ...rest });
  try {
    await app.listen(0, '127.0.0.1');
    const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    const startsAt = Math.floor((Date.now() - (hours + 24) * HOUR_MS) / HOUR_MS) * HOUR_MS;
    const began = performance.now();
    const ids = await recordCameras({ db, tools, media: join(data, 'media'), startsAt, hours, cameras, neighbours, kilobits });
    // Bytes of the size that cameras send: what a clip costs is how many it has.
    const clips = await recordClipCamera({ db, tools, media: join(data, 'media'), startsAt, hours });
    say(`${cameras} + ${neighbours} cameras × ${hours} h`, `made in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    await reportIndex(db);
    await reportLists(url, ids, startsAt, hours);
    await reportClips({ url, cameraId: clips, cookie: await signIn(db, options.config, url) }, startsAt, hours);
    await reportStills(url, ids, startsAt, hours);
    await reportSeeks(url, ids, startsAt, hours, seeks);
    say('load of the machine (1 min)', loadavg()[0]!.toFixed(1));
  } finally {
    await app.close();
    await database.stop();
    await rm(data, { recursive: true, force: true });
  }
}

interface Making {
  db: Db;
  tools: FfmpegTools;
  media: string;
  startsAt: number;
  hours: number;
}

/** @returns their ids */
async function recordCameras(making: Making & { cameras: number; neighbours: number; kilobits: number }): Promise<string[]> {
  const { db, tools, media, startsAt, hours, cameras, neighbours, kilobits } = making;
  const recorder = new DayRecorder(db, media, await recordLoop(tools, { size: '640x360', kilobits, seconds: 60 }));
  const ids: string[] = [];
  for (let nth = 0; nth < cameras; nth += 1) {
    const id = await addCamera(db, startsAt);
    await recorder.record(id, { from: startsAt, to: startsAt + hours * HOUR_MS });
    ids.push(id);
  }
  const others: string[] = [];
  while (others.length < neighbours) others.push(await addCamera(db, startsAt));
  await recorder.store(others);
  return ids;
}

/** The first minutes of the first and of the last hour. @returns the camera's id */
async function recordClipCamera({ db, tools, media, startsAt, hours }: Making): Promise<string> {
  const id = await addCamera(db, startsAt);
  const loop = await recordLoop(tools, { size: '1280x720', kilobits: 2_000, seconds: 60 });
  const recorder = new DayRecorder(db, media, loop);
  for (const from of hoursOf(hours).map((hour) => startsAt + (hour - 1) * HOUR_MS))
    await recorder.record(id, { from, to: from + 4 * MINUTE_MS });
  await recorder.store();
  return id;
}

async function reportIndex(db: Db): Promise<void> {
  await sql`vacuum analyze segments`.execute(db);
  const { rows } = await sql<{ name: string; bytes: number; of: number }>`
    select 'segments, all' as name, pg_total_relation_size('segments') as bytes, (select count(*) from segments) as of
    union all select 'rows', pg_relation_size('segments'), (select count(*) from segments)
    union all select indexrelname, pg_relation_size(indexrelid), (select count(*) from segments)
      from pg_stat_user_indexes where relname = 'segments'`.execute(db);
  say('segments in the index', String(rows[0]?.of));
  for (const { name, bytes, of } of rows)
    say(`index: ${name}`, `${(bytes / of).toFixed(1)} bytes a segment`, name === 'segments, all' ? '≤ 300' : undefined);
}

async function reportLists(url: string, ids: readonly string[], startsAt: number, hours: number): Promise<void> {
  for (const hour of hoursOf(hours)) {
    const from = startsAt + (hour - 1) * HOUR_MS;
    let nth = 0;
    const list = () => received(`${url}/hls/${ids[nth++ % ids.length]}/archive.m3u8?${range(from, from + HOUR_MS)}`);
    say(`archive.m3u8, hour ${hour}`, spread(await times(TRIES, list)), '≤ 20 ms');
  }
}

async function reportClips(
  { url, cameraId, cookie }: { url: string; cameraId: string; cookie: string },
  startsAt: number,
  hours: number,
): Promise<void> {
  for (const hour of hoursOf(hours)) {
    const from = startsAt + (hour - 1) * HOUR_MS + MINUTE_MS;
    let bytes = 0;
    const address = `${url}/hls/${cameraId}/clip.mp4?${range(from, from + MINUTE_MS)}`;
    const taken = await times(TRIES, async () => (bytes = await received(address, { cookie })));
    say(`clip.mp4 of 60 s, hour ${hour}`, `${spread(taken)}, ${(bytes / 1e6).toFixed(1)} MB`, '≤ 300 ms');
  }
}

async function reportStills(url: string, ids: readonly string[], startsAt: number, hours: number): Promise<void> {
  for (const hour of hoursOf(hours)) {
    const from = startsAt + (hour - 1) * HOUR_MS;
    const still = () =>
      received(
        `${url}/hls/${anyOf(ids)}/still.jpg?at=${iso(from + 5_000 + Math.random() * (HOUR_MS - MINUTE_MS))}`,
        {},
        [200, 404],
      );
    say(`still.jpg, hour ${hour}`, spread(await times(20, still)));
  }
}

async function reportSeeks(url: string, ids: readonly string[], startsAt: number, hours: number, seeks: number): Promise<void> {
  const page = await serveSeekPage();
  const browser = await Browser.start();
  try {
    const tab = await browser.page();
    await tab.goto(page.url);
    const report = async (where: string, anyHour: () => number): Promise<void> => {
      const taken: number[] = [];
      for (let nth = 0; nth <= seeks; nth += 1) {
        const at = startsAt + (anyHour() - 1) * HOUR_MS;
        // Some way into the hour that is listed; never the whole of a gap of twelve seconds.
        const offset = 600 + Math.random() * 1200;
        const list = `${url}/hls/${anyOf(ids)}/archive.m3u8?${range(at, at + HOUR_MS)}`;
        const ms = await tab.evaluate<number>(`window.seek(${JSON.stringify(list)}, ${offset})`);
        // The first one starts the decoder.
        if (nth > 0) taken.push(ms);
      }
      say(`seek to first frame in Chromium, ${where}`, spread(taken), 'p95 ≤ 700 ms');
    };
    for (const hour of hoursOf(hours)) await report(`hour ${hour}`, () => hour);
    await report('any time', () => 1 + Math.random() * (hours - 1));
  } finally {
    await browser.stop();
    await page.stop();
  }
}

async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const taken: number[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken;
}

const iso = (at: number): string => new Date(at).toISOString();
const range = (from: number, to: number): string => `from=${iso(from)}&to=${iso(to)}`;
/** The first and the last. */
const hoursOf = (hours: number): number[] => [...new Set([1, hours])];
const anyOf = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)]!;
const spread = (taken: number[]): string =>
  `p50 ${percentile(taken, 0.5).toFixed(1)} ms, p95 ${percentile(taken, 0.95).toFixed(1)} ms`;
const say = (what: string, figures: string, bound?: string): void =>
  void process.stdout.write(`${what.padEnd(44)} ${figures}${bound === undefined ? '' : ` (bound ${bound})`}\n`);

main().catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
