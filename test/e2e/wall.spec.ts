/// <reference lib="dom" />
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Incident, Page as ListPage } from '@app/contracts';
import { Browser, signIn, System } from '@app/testing';

const LIVE_MS = 40_000;
const PICTURES_MS = 15_000;

describe('the wall of a monitor', () => {
  let system: System;
  let browser: Browser;
  let wall: Page;

  beforeAll(async () => {
    system = await System.start();
    browser = await Browser.start({ width: 1600, height: 900 });
    await system.untilLive(16, LIVE_MS);
    await untilPictured(system);
    wall = await browser.page();
    await signIn(wall, system.url, await system.account('observer'));
  });
  afterAll(async () => {
    await browser?.stop();
    await system?.dispose();
  });

  const tile = (index: number) => wall.getByTestId('wall-tile').nth(index);
  const modeOf = (index: number) => tile(index).getAttribute('data-mode');

  it('shows pictures that become video, four at most, the chosen tile first', async () => {
    await wall.goto(`${system.url}/m/wall?size=9`);
    await tile(8).waitFor();
    await wall.waitForFunction(
      () => document.querySelectorAll('[data-testid=wall-tile][data-mode=words]').length === 0,
      undefined,
      { timeout: PICTURES_MS },
    );
    await untilVideos(wall, 4);
    expect(await modeOf(0)).toBe('video');
    expect(await modeOf(8)).toBe('still');
    await wall.keyboard.press('9');
    await wall.waitForFunction(
      () => document.querySelectorAll('[data-testid=wall-tile]')[8]?.getAttribute('data-mode') === 'video',
      undefined,
      { timeout: PICTURES_MS },
    );
    expect(await wall.locator('.tile video').count()).toBeLessThanOrEqual(4);
  });

  it('flags the chosen tile by one key, with its camera and the time of the shown frame', async () => {
    await wall.keyboard.press('ArrowLeft');
    const chosen = tile(7);
    const [cameraId, shownAt] = [await chosen.getAttribute('data-camera-id'), Number(await chosen.getAttribute('data-shown-at'))];
    expect(await chosen.getByRole('button').evaluate((button) => button === document.activeElement)).toBe(true);
    await wall.keyboard.press('b');
    await wall.getByTestId('flag-chip').waitFor();
    // The chip is open: the digit is a category, and the chosen tile stays.
    await wall.keyboard.press('1');
    await wall.getByTestId('flag-status').getByText('Received').waitFor();
    expect(await chosen.getByRole('button').getAttribute('aria-pressed')).toBe('true');
    const { items } = await (await system.client('observer')).json<ListPage<Incident>>('GET', '/incidents?limit=5');
    const [incident] = items;
    expect(items).toHaveLength(1);
    expect(incident?.camera.id).toBe(cameraId);
    // A picture stands for four seconds, a video goes on between the two readings.
    expect(Math.abs(Date.parse(incident?.at ?? '') - shownAt)).toBeLessThan(6_000);
  });

  it('enlarges the chosen tile and goes back, without players that nobody sees', async () => {
    await wall.getByRole('button', { name: 'Done' }).click();
    await wall.keyboard.press('3');
    await wall.keyboard.press('Enter');
    await wall.locator('.wall-big').waitFor();
    expect(await wall.getByTestId('wall-tile').count()).toBe(1);
    await untilVideos(wall, 1);
    expect(await wall.locator('.tile video').count()).toBe(1);
    await wall.keyboard.press('Escape');
    await tile(8).waitFor();
  });

  it('keeps its cameras in the address, and comes back with them', async () => {
    await wall.getByRole('button', { name: '4 tiles' }).click();
    await wall.waitForURL(/size=4/);
    const stations = await (await system.client()).stations();
    const last = stations.at(-1);
    await wall.getByRole('searchbox').fill(last?.code ?? '');
    await wall
      .getByRole('button', { name: new RegExp(`of station ${last?.code}`) })
      .first()
      .click();
    await wall.waitForURL(/cams=/);
    const cameraId = last?.cameras[0]?.id;
    await wall.locator(`[data-testid=wall-tile][data-camera-id="${cameraId}"]`).waitFor();
    await wall.goto(`${system.url}/m/wall`);
    await wall.locator(`[data-testid=wall-tile][data-camera-id="${cameraId}"]`).waitFor();
  });

  it('moves nothing when only pictures are wanted', async () => {
    await wall.getByRole('button', { name: 'Pictures only' }).click();
    await wall.waitForFunction(() => document.querySelectorAll('.tile video').length === 0);
    await wall.waitForFunction(
      () => document.querySelectorAll('[data-testid=wall-tile][data-mode=still]').length === 4,
      undefined,
      { timeout: PICTURES_MS },
    );
    expect(browser.errors).toEqual([]);
  });
});

async function untilVideos(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll<HTMLVideoElement>('[data-testid=wall-tile][data-mode=video] video')].filter(
        (video) => video.currentTime > 0 && !video.paused,
      ).length === wanted,
    count,
    { timeout: PICTURES_MS },
  );
}

/** A tile asks for the picture of up to four seconds ago: until every camera has one of then. */
async function untilPictured(system: System): Promise<void> {
  const picture = (id: string) =>
    fetch(`${system.url}/hls/${id}/still.jpg?at=${new Date(Math.floor(Date.now() / 4000) * 4000).toISOString()}`);
  for (const { id } of await (await system.client()).cameras()) while (!(await picture(id)).ok) await delay(250);
}
