import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../../../libs/testing/src/browser';
import { wantedBytes } from '../../../libs/platform/src/byte-range';
import { TestApi } from '../api';
import { newPlace, type Place } from '../incidents/fixtures';
import { Footage, FPS, probe, record } from '../incidents/footage';
import { allowTampering } from '@app/testing';

const NINE = Date.parse('2026-10-25T09:00:00.000Z');
const at = (seconds: number): string => new Date(NINE + seconds * 1000).toISOString();

/** One camera from 9:00:00: ten seconds, a gap of twelve, ten seconds after it began anew, ten of another size. */
describe('a clip of what is on record', () => {
  let api: TestApi;
  let place: Place;
  let folder: string;
  let staff: Awaited<ReturnType<TestApi['as']>>;
  const ask = (from: number, to: number) =>
    staff
      .get(`/hls/${place.cameraId}/clip.mp4`)
      .query({ from: at(from), to: at(to) })
      .buffer(true);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-clips-'));
    api = await TestApi.start();
    await allowTampering(api.db);
    place = await newPlace(api.db);
    staff = await api.as('reviewer');
    const footage = new Footage(api.db, place.cameraId, join(api.config.dataDirectory, 'media'));
    const [small, large] = await Promise.all([record({ seconds: 10 }), record({ seconds: 10, size: '256x144' })]);
    await footage.addRun(small, NINE, { mediaSeconds: 50_000 });
    await footage.addGap(NINE + 10_000, 12);
    await footage.addRun(small, NINE + 22_000, { mediaSeconds: 3 });
    await footage.addRun(large, NINE + 32_000);
  });
  afterAll(async () => {
    await api?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function clip(from: number, to: number): Promise<{ path: string; bytes: Buffer; headers: Record<string, string> }> {
    const { status, body, headers } = await ask(from, to);
    expect(status).toBe(200);
    const path = join(folder, `${from}-${to}.mp4`);
    const bytes = body as Buffer;
    await writeFile(path, bytes);
    return { path, bytes, headers: headers };
  }

  it('is whole segments, from its first frame on, with sound', async () => {
    const { path, headers } = await clip(3, 7);
    const { seconds, tracks, jumps, firstIsKey, frames } = await probe(path);
    expect({ tracks, jumps, firstIsKey, frames }).toEqual({
      tracks: ['h264', 'aac'],
      jumps: [],
      firstIsKey: true,
      frames: 6 * FPS,
    });
    expect(Math.abs(seconds - 6)).toBeLessThan(0.1);
    expect(headers).toMatchObject({
      'content-type': 'video/mp4',
      'cache-control': 'no-store',
      'x-footage-from': at(2),
      'x-footage-to': at(8),
      'x-footage-missing-ms': '0',
    });
  });

  it('goes on over a gap when the camera comes back as it was, and says what is missing', async () => {
    const { path, headers } = await clip(0, 32);
    const { seconds, jumps, frames } = await probe(path);
    expect({ jumps, frames }).toEqual({ jumps: [], frames: 20 * FPS });
    expect(Math.abs(seconds - 20)).toBeLessThan(0.1);
    expect(headers['x-footage-missing-ms']).toBe('12000');
  });

  it('is played and sought in by Chromium, which knows its length', async () => {
    const { path } = await clip(0, 32);
    const pages = await serve(path);
    const browser = await Browser.start();
    try {
      const tab = await browser.page();
      await tab.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
      const shown = await tab.evaluate<{ duration: number; greys: number[] }>(LOOK);
      expect(Math.abs(shown.duration - 20)).toBeLessThan(0.1);
      const numbers = shown.greys.map((grey) => Math.round((grey - 16) / 2));
      // Key frames of the second run after 6 and 4 s and of the first after 2 s.
      const off = numbers.map((number, index) => Math.abs(number - [40, 50, 100][index]!));
      expect([numbers, off.every((frames) => frames <= 5)]).toEqual([numbers, true]);
    } finally {
      await browser.stop();
      pages.closeAllConnections();
      await new Promise((resolve) => pages.close(resolve));
    }
  });

  it('gives any range of its bytes', async () => {
    const { bytes } = await clip(0, 32);
    for (const [start, end] of [
      [0, 9],
      [300, 100_000],
      [bytes.length - 70_000, bytes.length - 1],
    ] as const) {
      const part = await ask(0, 32).set('Range', `bytes=${start}-${end}`);
      expect([part.status, part.headers['content-range']]).toEqual([206, `bytes ${start}-${end}/${bytes.length}`]);
      expect((part.body as Buffer).equals(bytes.subarray(start, end + 1))).toBe(true);
    }
    const beyond = await ask(0, 32).set('Range', `bytes=${bytes.length}-`);
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`]);
  });

  it('refuses a range in which the format changes, and names the parts', async () => {
    const { status, body } = await ask(5, 40);
    expect([status, body.code, body.details]).toEqual([
      422,
      'media.formats-differ',
      {
        parts: [
          { from: at(4), to: at(32) },
          { from: at(32), to: at(40) },
        ],
      },
    ]);
  });

  it('is not there where nothing is, and takes ten minutes at most', async () => {
    expect((await ask(11, 20)).body).toMatchObject({ code: 'media.not-found' });
    expect((await ask(0, 600.001)).body.details).toEqual([{ field: 'to', rule: 'is at most 10 minutes after from' }]);
    expect((await ask(-590, 10)).status).toBe(200);
  });

  it('is on record with who took it, whichever bytes they asked for first, once for all the ranges a player asks for', async () => {
    const taken = () =>
      api.db.selectFrom('audit_events').selectAll().where('action', '=', 'footage.taken').orderBy('seq', 'desc').execute();
    const before = (await taken()).length;
    expect((await ask(4, 8).set('Range', 'bytes=300-')).status).toBe(206);
    expect(await taken()).toHaveLength(before + 1);
    expect((await ask(4, 8)).status).toBe(200);
    const [event, ...others] = await taken();
    expect(others).toHaveLength(before);
    expect(event).toMatchObject({
      actor_kind: 'user',
      grant_role: 'reviewer',
      subject_kind: 'camera',
      subject_id: place.cameraId,
      station_id: place.stationId,
      detail: { from: at(4), to: at(8) },
    });
  });

  it('breaks off when its bytes are gone, instead of ending as if it were whole', async () => {
    const row = await api.db
      .selectFrom('segments')
      .select(['chunk', 'media_sequence'])
      .where('starts_at', '=', new Date(NINE + 4_000))
      .executeTakeFirstOrThrow();
    const set = (chunk: number | null) =>
      api.db.updateTable('segments').set({ chunk }).where('media_sequence', '=', row.media_sequence).execute();
    await set(row.chunk! + 1);
    await expect(ask(0, 10)).rejects.toThrow(/aborted|hang up/);
    await set(row.chunk);
    expect(api.lines.join()).toContain('a clip broke off');
  });

  const LOOK = `(async () => {
    const video = document.querySelector('video');
    const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    const until = (name) => new Promise((resolve, reject) => { video['on' + name] = resolve; video.onerror = () => reject(new Error(video.error.message)); });
    if (video.readyState < 1) await until('loadedmetadata');
    const greys = [];
    for (const time of [16.02, 2.02, 14.02]) {
      const shown = new Promise((resolve) => {
        const look = (_, { mediaTime }) => (Math.abs(mediaTime - time) < 0.1 ? resolve() : video.requestVideoFrameCallback(look));
        video.requestVideoFrameCallback(look);
      });
      video.currentTime = time;
      await shown;
      pixel.drawImage(video, 0, 0, 1, 1);
      greys.push(pixel.getImageData(0, 0, 1, 1).data[0]);
    }
    return { duration: video.duration, greys };
  })()`;

  async function serve(path: string): Promise<Server> {
    const clip = await readFile(path);
    const server = createServer((request, response) => {
      if (request.url === '/')
        return response.writeHead(200, { 'content-type': 'text/html' }).end('<video src="clip.mp4" muted></video>');
      const wanted = wantedBytes(request.headers.range, clip.length);
      const { start, end } = wanted.kind === 'part' ? wanted : { start: 0, end: clip.length - 1 };
      const range = { 'content-range': `bytes ${start}-${end}/${clip.length}`, 'accept-ranges': 'bytes' };
      return response.writeHead(206, { 'content-type': 'video/mp4', ...range }).end(clip.subarray(start, end + 1));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  }
});
