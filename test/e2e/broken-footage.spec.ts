import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Incident, RecordedStretch, Station, Timeline } from '@app/contracts';
import { locateFfmpeg } from '@app/ffmpeg';
import { encodeLoop, LoopSource, type MediaSample, type MediaSource, Metronome, readLoop, RtspServer } from '@app/simulator';
import { type ApiClient, Browser, newColleague, signIn, System } from '@app/testing';

const KEY_FRAME_SECONDS = 2;
/** After a key frame, so that what follows cannot be decoded until the next one. */
const LOST = { from: 8_000, to: 9_400 };
const BEFORE_MS = 10_000;
const AROUND_MS = 4_000;
/** Until rows are in the index. */
const SETTLED_MS = 6_000;
const PLAYED_MS = 60_000;
const PATIENCE_MS = 60_000;

/** A camera without sound, whose network loses pictures once. */
function losing(source: MediaSource): MediaSource {
  const isSent = ({ kind, timeMs }: MediaSample) => kind === 'video' && !(timeMs > LOST.from + 20 && timeMs < LOST.to);
  return {
    format: { video: source.format.video },
    subscribe: (listener) => source.subscribe((samples) => listener(samples.filter(isSent))),
  };
}

/** Both cameras of a station were changed for ones without sound, and lose the same pictures: none helps the other over it. */
describe('a case over footage that players stop at', () => {
  let system: System;
  let browser: Browser;
  let server: RtspServer;
  let folder: string;
  let observer: ApiClient;
  let station: Station;
  let changedAt: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-broken-'));
    const tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
    const names = { stationCode: '9', stationName: 'Own', cameraName: 'Own' };
    const file = await encodeLoop(tools, folder, { ...names, scene: 'overview', keyFrameSeconds: KEY_FRAME_SECONDS });
    const loop = await readLoop(file);
    server = new RtspServer();
    await server.listen();
    system = await System.start();
    browser = await Browser.start();
    observer = await system.client('observer');
    station = (await observer.stations())[0] as Station;
    await until(({ recorded }) =>
      station.cameras.every(({ id }) => recorded.some((each) => each.cameraId === id && isLong(each))),
    );
    const operator = await system.client('operator');
    changedAt = Date.now();
    for (const [index, { id }] of station.cameras.entries()) {
      const stream = server.addStream(`/${index}`, losing(new LoopSource(loop, new Metronome())));
      await operator.json('PATCH', `/cameras/${id}`, { source: server.urlOf(stream) });
    }
  });
  afterAll(async () => {
    await browser?.stop();
    await system?.dispose();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('plays on where the sound ended, and where pictures were lost', async () => {
    const lostUntil = await until(lossEnd);
    await delay(Math.max(0, lostUntil + AROUND_MS + SETTLED_MS - Date.now()));
    const page = await browser.page();
    await signIn(page, system.url, await newColleague(system, 'reviewer', 'B'));
    for (const range of [
      { from: changedAt - AROUND_MS, to: changedAt + 2 * AROUND_MS },
      { from: lostUntil + 100, to: lostUntil + AROUND_MS },
    ]) {
      await page.goto(`${system.url}/c/case/${await flagged(range)}`);
      await page.locator('[data-testid="case-played"][data-full="true"]').waitFor({ timeout: PLAYED_MS });
    }
  }, 300_000);

  async function flagged({ from, to }: { from: number; to: number }): Promise<string> {
    const clock = { pressedAt: isoOf(Date.now()), delayMs: Date.now() - from };
    const times = { at: isoOf(from), from: isoOf(from), to: isoOf(to) };
    const body = { cameraId: station.cameras[0]?.id, ...times, note: 'What was there?', clock };
    return (await observer.json<Incident>('POST', '/incidents', body, { 'idempotency-key': times.at })).id;
  }

  /** When the last of the cameras was heard again after the loss. */
  function lossEnd({ gaps }: Timeline): number | undefined {
    const found = station.cameras.flatMap(({ id }) => {
      const gap = gaps.find(({ cameraId, from }) => cameraId === id && Date.parse(from) > changedAt + LOST.from);
      return gap ? [Date.parse(gap.to)] : [];
    });
    return found.length === station.cameras.length ? Math.max(...found) : undefined;
  }

  async function until<T>(find: (timeline: Timeline) => T | undefined | false): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const range = `from=${isoOf(Date.now() - 120_000)}&to=${isoOf(Date.now())}`;
      const found = find(await observer.json<Timeline>('GET', `/stations/${station.code}/timeline?${range}`));
      if (found !== undefined && found !== false) return found;
      if (Date.now() > deadline) throw new Error('It took too long');
      await delay(500);
    }
  }
});

const isLong = ({ from, to }: RecordedStretch): boolean => Date.parse(to) - Date.parse(from) >= BEFORE_MS;
const isoOf = (at: number): string => new Date(at).toISOString();
