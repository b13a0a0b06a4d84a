/**
 * `npm run bench:day -- --hours 14 --cameras 2 --seeks 40`
 *
 * Makes a day of recording (real media, rows and files as a packager leaves them) and prints what it costs to go back in it: lists of the
 * first and the last hour, the first frame after a seek in Chromium, a clip of a minute, a still, and the index's bytes a segment.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createAccount } from '@app/access';
import { loadConfig } from '@app/config';
import type { Db } from '@app/database';
import { locateFfmpeg } from '@app/ffmpeg';
import { createLogger } from '@app/platform';
import { Browser, createTestDatabase } from '@app/testing';
import { createApi } from '../../apps/api/src/api';
import { benchArguments, percentile } from './arguments';
import { recordLoop } from './day-media';
import { addCamera, recordDay } from './recorded-day';
import { serveSeekPage } from './seek-page';

const HOUR_MS = 3_600_000;
const ACCOUNT = { email: 'bench@example.org', password: 'correct horse battery staple' };
const TRIES = 50;

async function main(): Promise<void> {
  const { hours, cameras, seeks, kilobits } = benchArguments({ hours: 14, cameras: 2, seeks: 40, kilobits: 150 });
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
    const day = { db, mediaDirectory: join(data, 'media'), startsAt, hours };
    const loop = await recordLoop(tools, { size: '640x360', kilobits, seconds: 60 });
    const ids: string[] = [];
    for (let nth = 0; nth < cameras; nth += 1) ids.push(await addCamera(db, startsAt));
    const began = performance.now();
    for (const id of ids)
      say(`a day of ${hours} h`, `${await recordDay(day, id, loop)} rows, ${seconds(began)} s since the first`);
    await reportIndex(db);
    await reportLists(url, ids[0]!, startsAt, hours);
    // Bytes of the size that cameras send: what a clip costs is how many it has.
    const clipCamera = await addCamera(db, startsAt);
    await recordDay(
      { ...day, hours: 0.2 },
      clipCamera,
      await recordLoop(tools, { size: '1280x720', kilobits: 2_000, seconds: 60 }),
    );
    await reportClips(db, url, clipCamera, startsAt);
    await reportStills(url, ids[0]!, startsAt, hours);
    await reportSeeks(url, ids, startsAt, hours, seeks);
  } finally {
    await app.close();
    await database.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function reportIndex(db: Db): Promise<void> {
  await sql`vacuum analyze segments`.execute(db);
  const { rows } = await sql<{ name: string; bytes: number; of: number }>`
    select 'segments, all' as name, pg_total_relation_size('segments') as bytes, (select count(*) from segments) as of
    union all select 'rows', pg_relation_size('segments'), (select count(*) from segments)
    union all select indexrelname, pg_relation_size(indexrelid), (select count(*) from segments)
      from pg_stat_user_indexes where relname = 'segments'`.execute(db);
  for (const { name, bytes, of } of rows) say(`index: ${name}`, `${(bytes / of).toFixed(1)} bytes a segment`);
}

async function reportLists(url: string, cameraId: string, startsAt: number, hours: number): Promise<void> {
  for (const hour of [1, hours]) {
    const from = startsAt + (hour - 1) * HOUR_MS;
    const address = `${url}/hls/${cameraId}/archive.m3u8?${range(from, from + HOUR_MS)}`;
    say(`archive.m3u8, hour ${hour}`, spread(await times(TRIES, () => fetched(address))));
  }
}

async function reportClips(db: Db, url: string, cameraId: string, startsAt: number): Promise<void> {
  await createAccount(db, { ...ACCOUNT, name: 'Bench', role: 'reviewer' });
  const signedIn = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ACCOUNT),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  let bytes = 0;
  const address = `${url}/hls/${cameraId}/clip.mp4?${range(startsAt + 60_000, startsAt + 120_000)}`;
  const taken = await times(TRIES, async () => (bytes = await fetched(address, { cookie })));
  say('clip.mp4 of 60 s', `${spread(taken)}, ${(bytes / 1e6).toFixed(1)} MB`);
}

async function reportStills(url: string, cameraId: string, startsAt: number, hours: number): Promise<void> {
  const still = () =>
    fetched(
      `${url}/hls/${cameraId}/still.jpg?at=${iso(startsAt + 5_000 + Math.random() * (hours * HOUR_MS - 60_000))}`,
      {},
      [200, 404],
    );
  say('still.jpg of any time', spread(await times(20, still)));
}

async function reportSeeks(url: string, ids: readonly string[], startsAt: number, hours: number, seeks: number): Promise<void> {
  const page = await serveSeekPage();
  const browser = await Browser.start();
  try {
    const tab = await browser.page();
    await tab.goto(page.url);
    const taken: number[] = [];
    for (let nth = 0; nth <= seeks; nth += 1) {
      const at = startsAt + Math.floor(Math.random() * (hours - 1) * HOUR_MS);
      // Some way into the hour that is listed; never the whole of a gap of twelve seconds.
      const offset = 600 + Math.random() * 1200;
      const list = `${url}/hls/${ids[nth % ids.length]}/archive.m3u8?${range(at, at + HOUR_MS)}`;
      const ms = await tab.evaluate<number>(`window.seek(${JSON.stringify(list)}, ${offset})`);
      // The first one starts the decoder.
      if (nth > 0) taken.push(ms);
    }
    say('seek to any time, first frame in Chromium', spread(taken));
  } finally {
    await browser.stop();
    await page.stop();
  }
}

/** @returns how many bytes came. @throws on any other status */
async function fetched(address: string, headers: Record<string, string> = {}, fine = [200]): Promise<number> {
  const answer = await fetch(address, { headers });
  const { byteLength } = await answer.arrayBuffer();
  if (!fine.includes(answer.status)) throw new Error(`${answer.status} for ${address}`);
  return byteLength;
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
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
const spread = (taken: number[]): string =>
  `p50 ${percentile(taken, 0.5).toFixed(1)} ms, p95 ${percentile(taken, 0.95).toFixed(1)} ms`;
const say = (what: string, figures: string): void => void process.stdout.write(`${what.padEnd(44)} ${figures}\n`);

main().catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
