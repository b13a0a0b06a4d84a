/// <reference lib="dom" />
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Camera, Station, Timeline } from '@app/contracts';
import { locateFfmpeg } from '@app/ffmpeg';
import { encodeLoop, LoopSource, Metronome, readLoop, RtspServer } from '@app/simulator';
import { type ApiClient, Browser, System, untilPlaying } from '@app/testing';
import { accessibilityProblems } from './accessibility';

const AWAY_MS = 12_000;
const FOOTAGE_BEFORE_MS = 15_000;
const REWIND_MS = 60_000;
const IN_STEP_MS = 300;

/** What the tiles of the page show in one instant, by camera. */
interface Shown {
  shownAt: number;
  cover: string | null;
}

describe('the day in the browser', () => {
  let system: System;
  let browser: Browser;
  let page: Page;
  let folder: string;
  let server: RtspServer;
  let station: Station;
  let gap: { from: number; to: number };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-past-'));
    const tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
    const names = { stationCode: '9', stationName: 'Own', cameraName: 'Own' };
    const file = await encodeLoop(tools, folder, { ...names, scene: 'overview', keyFrameSeconds: 2 });
    server = new RtspServer();
    await server.listen();
    const stream = server.addStream('/box', new LoopSource(await readLoop(file), new Metronome()));
    system = await System.start();
    browser = await Browser.start();
    const operator = await system.client('operator');
    station = await firstStation(operator);
    await operator.json('PATCH', `/cameras/${camera(1).id}`, { source: server.urlOf(stream) });
    page = await browser.page();
    await page.goto(`${system.url}/s/${encodeURIComponent(station.code)}`);
    gap = await beAway(operator);
    await delay(Math.max(0, gap.from - FOOTAGE_BEFORE_MS + REWIND_MS + 2_000 - Date.now()));
  });
  afterAll(async () => {
    await browser?.stop();
    await system?.dispose();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes back a minute by the ruler: both cameras in step, and nobody takes it for live', async () => {
    await untilPlaying(page, 15_000);
    await page.getByRole('button', { name: '10 min', exact: true }).click();
    const target = gap.from - 11_000;
    expect(Date.now() - target).toBeGreaterThan(55_000);
    await clickRuler(target);
    await page.getByTestId('behind-live').waitFor({ timeout: 5_000 });
    await untilShown(target, 5_000);
    expect(await page.getByTestId('behind-words').innerText()).toMatch(/^\d min \d\d s behind live$|^\d\d s behind live$/);
    await untilInStep();
    for (let look = 0; look < 8; look += 1) {
      await delay(250);
      expect(apart(await shown())).toBeLessThan(IN_STEP_MS);
    }
  });

  it('covers the camera that has a gap while the other goes on, and both go on together', async () => {
    await page.waitForFunction(() => document.querySelector('.cover')?.textContent?.includes('No recording'), undefined, {
      timeout: 20_000,
    });
    const [whole, away] = await shown();
    expect(away?.cover).toMatch(/No recording \d\d:\d\d:\d\d–\d\d:\d\d:\d\d \(.+\)/);
    expect(whole?.cover).toBeNull();
    await delay(3_000);
    const [later] = await shown();
    expect((later?.shownAt ?? 0) - (whole?.shownAt ?? 0)).toBeGreaterThan(2_000);
    await page.waitForFunction(() => document.querySelector('.cover') === null, undefined, { timeout: 25_000 });
    await untilInStep();
  });

  it('goes to a typed time, and says what is wrong with a bad one', async () => {
    await page.keyboard.press('t');
    await page.getByTestId('typed-time').fill('25:00');
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('typed-time-problem').innerText()).toContain('no time of day');
    const target = Math.floor((gap.from - 10_000) / 1000) * 1000;
    await page.getByTestId('typed-time').fill(clockOf(target));
    await page.keyboard.press('Enter');
    await untilShown(target, 5_000);
    await untilInStep();
  });

  it('is a slider with words for keys, a list with the same content, and clean for axe', async () => {
    const ruler = page.getByRole('slider', { name: 'Moment of the day' });
    await ruler.focus();
    await page.keyboard.press('ArrowRight');
    expect(await ruler.getAttribute('aria-valuetext')).toMatch(/\d+ hours? \d+ minutes? \d+ seconds?, .*recorded/);
    await page.getByText('The day as a list').click();
    await page
      .getByRole('button', { name: /No recording, 1\d s/ })
      .first()
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('jumps to live by a key', async () => {
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('End');
    await page.getByTestId('behind-live').waitFor({ state: 'detached', timeout: 10_000 });
    await page.waitForFunction(() => Number(document.querySelector('video')?.dataset['latency'] ?? 99) < 6, undefined, {
      timeout: 15_000,
    });
    // Stills of the newest minutes are not made yet; the browser notes each that is not there.
    expect(browser.errors.filter((error) => !error.includes('status of 404'))).toEqual([]);
  });

  const camera = (index: number): Camera => {
    const found = station.cameras[index];
    if (!found) throw new Error(`the station has no camera ${index}`);
    return found;
  };

  /** The second camera is live for a while, cut off, and live again. */
  async function beAway(operator: ApiClient): Promise<{ from: number; to: number }> {
    const { id } = camera(1);
    await until(async () => (await operator.camera(camera(0).id)).state.state === 'live', 60_000);
    await until(async () => longest(await timeline(operator), id) >= FOOTAGE_BEFORE_MS, 60_000);
    await server.refuseConnections();
    await delay(AWAY_MS);
    await server.acceptConnections();
    await until(async () => gapsOf(await timeline(operator), id).length > 0 && (await endsWithFootage(operator, id)), 40_000);
    const found = gapsOf(await timeline(operator), id);
    return { from: Math.min(...found.map(({ from }) => from)), to: Math.max(...found.map(({ to }) => to)) };
  }

  const timeline = (client: ApiClient): Promise<Timeline> => {
    const range = `from=${station.opensAt}&to=${station.countEndsAt}`;
    return client.json('GET', `/stations/${encodeURIComponent(station.code)}/timeline?${range}`);
  };

  /** Only those of the time that the camera was cut off: after its first long stretch. */
  const gapsOf = ({ gaps, recorded }: Timeline, cameraId: string) => {
    const long = recorded.find((each) => each.cameraId === cameraId && lengthOf(each) >= FOOTAGE_BEFORE_MS);
    return gaps
      .filter((each) => each.cameraId === cameraId && long !== undefined && each.from >= long.from)
      .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  };

  const endsWithFootage = async (client: ApiClient, cameraId: string): Promise<boolean> => {
    const { recorded, gaps } = await timeline(client);
    const last = (each: { cameraId: string; to: string }[]) =>
      Math.max(...each.filter((one) => one.cameraId === cameraId).map(({ to }) => Date.parse(to)));
    return last(recorded) > last(gaps) + 4_000;
  };

  const shown = (): Promise<Shown[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll('figure.camera')].map((tile) => ({
        shownAt: Number(tile.querySelector('video')?.dataset['shownAt']),
        cover: tile.querySelector('.cover')?.textContent ?? null,
      })),
    );

  async function untilShown(target: number, timeoutMs: number): Promise<void> {
    await page.waitForFunction(
      (at) =>
        [...document.querySelectorAll('video')].every(
          ({ dataset, readyState }) => readyState >= 2 && Math.abs(Number(dataset['shownAt']) - at) < 4_000,
        ),
      target,
      { timeout: timeoutMs },
    );
  }

  async function untilInStep(): Promise<void> {
    const inStep = (limit: number) => {
      const [a = NaN, b = NaN] = [...document.querySelectorAll('video')].map(({ dataset }) => Number(dataset['shownAt']));
      return Math.abs(a - b) < limit;
    };
    await page.waitForFunction(inStep, IN_STEP_MS, { timeout: 5_000 });
  }

  async function clickRuler(at: number): Promise<void> {
    const ruler = page.getByTestId('ruler');
    const box = await ruler.boundingBox();
    const [from, to] = [Number(await ruler.getAttribute('data-from')), Number(await ruler.getAttribute('data-to'))];
    if (!box) throw new Error('the ruler is not on the page');
    await ruler.click({ position: { x: ((at - from) / (to - from)) * box.width, y: box.height / 2 } });
  }

  const clockOf = (at: number): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: station.timezone, timeStyle: 'medium', hourCycle: 'h23' }).format(at);
});

const firstStation = async (client: ApiClient): Promise<Station> => {
  const [station] = await client.stations();
  if (!station) throw new Error('there is no station');
  return station;
};

const lengthOf = ({ from, to }: { from: string; to: string }): number => Date.parse(to) - Date.parse(from);

const longest = ({ recorded }: Timeline, cameraId: string): number =>
  Math.max(0, ...recorded.filter((each) => each.cameraId === cameraId).map(lengthOf));

const apart = (tiles: Shown[]): number => {
  const times = tiles.map(({ shownAt }) => shownAt);
  return Math.max(...times) - Math.min(...times);
};

async function until(isSo: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not so after ${timeoutMs} ms: ${isSo.toString()}`);
    await delay(300);
  }
}
