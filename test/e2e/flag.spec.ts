/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';
import type { Incident, Page as ListPage } from '@app/contracts';
import { Browser, signIn, startRedis, System, type TestRedis, untilPlaying } from '@app/testing';

const LIVE_MS = 40_000;
const FLAG_TO_SCREEN_MS = 500;
const CLIP_AFTER_RANGE_MS = 5_000;

describe.each(['postgres', 'redis'] as const)('a flag, with queues and fan-out on %s', (engine) => {
  let redis: TestRedis | undefined;
  let system: System;
  let observer: Browser;
  let reviewer: Browser;

  beforeAll(async () => {
    redis = engine === 'redis' ? await startRedis() : undefined;
    system = await System.start(redis ? { REDIS_URL: redis.url } : {});
    observer = await Browser.start();
    reviewer = await Browser.start();
    await system.untilLive(16, LIVE_MS);
  });
  afterAll(async () => {
    await observer?.stop();
    await reviewer?.stop();
    await system?.dispose();
    await redis?.stop();
  });

  it('goes from a key press to the commission’s screen to a playing clip', async () => {
    const station = (await (await system.client()).stations())[0];
    if (!station) throw new Error('no station');
    const desk = await reviewer.page();
    await signIn(desk, system.url, await system.account('reviewer'));
    await desk.goto(`${system.url}/c/flags`);
    const screen = await observer.page();
    await signIn(screen, system.url, await system.account('observer'));
    await screen.goto(`${system.url}/s/${encodeURIComponent(station.code)}`);
    await untilPlaying(screen, 15_000);
    await screen.getByTestId('flag-button').waitFor();

    // One after the other, as a person presses: what the next one waits for the one before is another figure.
    const delays: number[] = [];
    let pressed = 0;
    for (let flags = 1; flags <= 3; flags += 1) {
      expect(await reported(desk).count()).toBe(flags - 1);
      const shown = untilRows(desk, flags);
      pressed = await pressFlag(screen);
      delays.push((await shown) - pressed);
      const named = screen.waitForResponse((response) => response.request().method() === 'PATCH');
      await screen.keyboard.press('1');
      await named;
    }
    // The middle one of three: two browsers and sixteen cameras share the machine with this clock.
    expect(delays.sort((a, b) => a - b)[1]).toBeLessThanOrEqual(FLAG_TO_SCREEN_MS);

    const client = await system.client('reviewer');
    const incident = (await client.json<ListPage<Incident>>('GET', '/incidents')).items.find(({ reporter }) => reporter);
    if (!incident) throw new Error('the flag is not stored');
    expect(Math.abs(Date.parse(incident.at) - pressed)).toBeLessThan(10_000);
    expect(incident.station.code).toBe(station.code);

    await reported(desk).first().click();
    await desk.getByTestId('clip-video').waitFor({ timeout: Date.parse(incident.to) - Date.now() + CLIP_AFTER_RANGE_MS });
    expect(Date.now() - Date.parse(incident.to)).toBeLessThanOrEqual(CLIP_AFTER_RANGE_MS);
    await desk.getByTestId('clip-video').evaluate((video: HTMLVideoElement) => void ((video.muted = true), video.play()));
    await untilPlaying(desk, 5_000);
    const seconds = await desk.getByTestId('clip-video').evaluate((video: HTMLVideoElement) => video.duration);
    expect(seconds).toBeGreaterThan(10);
  });

  it('makes one incident of one idempotency key, however often it is sent', async () => {
    const client = await system.client('observer');
    const [camera] = await client.cameras();
    const at = new Date(Date.now() - 5_000).toISOString();
    const body = { cameraId: camera?.id, at, code: 'VOT-01', clock: { pressedAt: at, delayMs: 2_000 } };
    const headers = { 'idempotency-key': '3f0c4d0e-8f9e-4f5b-9f43-0d6a6f9c1a11' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.json<Incident>('POST', '/incidents', body, headers)),
    );
    expect(new Set(answers.map((incident) => incident.id)).size).toBe(1);
    const reused = await client.send('POST', '/incidents', { ...body, code: 'VOT-02' }, headers);
    expect(reused.status).toBe(422);
  });
});

/** What people reported; the system may raise incidents of its own at any time. */
function reported(desk: Page): Locator {
  return desk.getByTestId('flag-row').filter({ hasNotText: /\bSystem,/ });
}

/** When that many flags of people were on the commission's list, by the clock of this machine. */
async function untilRows(desk: Page, count: number): Promise<number> {
  await reported(desk)
    .nth(count - 1)
    .waitFor({ state: 'visible', timeout: 15_000 });
  return Date.now();
}

async function pressFlag(screen: Page): Promise<number> {
  const pressed = Date.now();
  await screen.keyboard.press('b');
  await screen.getByTestId('flag-chip').waitFor();
  return pressed;
}
