/// <reference lib="dom" />
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RegisteredCamera } from '@app/contracts';
import { locateFfmpeg } from '@app/ffmpeg';
import { encodeLoop, LoopSource, Metronome, readLoop, RtspServer, type RtspStream } from '@app/simulator';
import { Browser, ownerships, pollLivePlaylist, processTree, System } from '@app/testing';

/** Three minutes are the promise; what happens in them fits into less. */
const SECONDS = Number(process.env['LIVE_LIST_SECONDS'] ?? 75);
const GAP_MS = 12_000;
const TAKEOVER_MS = 10_000;

describe('a live list, over an ffmpeg kill, a camera gap and a packager takeover', () => {
  let folder: string;
  let server: RtspServer;
  let stream: RtspStream;
  let system: System;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-list-'));
    const tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
    const file = await encodeLoop(tools, folder, {
      stationCode: '9',
      stationName: 'List',
      cameraName: 'List',
      scene: 'overview',
    });
    server = new RtspServer();
    await server.listen();
    stream = server.addStream('/list', new LoopSource(await readLoop(file), new Metronome()));
    system = await System.start({ POLLGLASS_PACKAGERS: '2' });
    browser = await Browser.start();
  });
  afterAll(async () => {
    await browser?.stop();
    await system?.dispose();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('breaks no rule, and the player on the page plays through without a fatal error', async () => {
    const operator = await system.client('operator');
    await system.untilLive(16, 60_000);
    const others = new Set((await packagingFfmpegs()).map((each) => each.pid));
    const [station] = await operator.stations();
    const camera = await operator.json<RegisteredCamera>('POST', '/cameras', {
      stationCode: station?.code,
      name: 'List',
      source: server.urlOf(stream),
    });
    await system.untilLive(17, 40_000);
    const ffmpeg = (await packagingFfmpegs()).find((each) => !others.has(each.pid));
    if (!ffmpeg) throw new Error('no ffmpeg packages the camera');
    const page = await browser.page();
    await page.goto(`${system.url}/s/${encodeURIComponent(station?.code ?? '')}?cam=${camera.position}`);
    const video = page.locator(`video[data-camera-id="${camera.id}"]`);
    await untilMoving();

    const polled = pollLivePlaylist(`${system.url}/hls/${camera.id}/live.m3u8`, { durationMs: SECONDS * 1000, lowLatency: true });
    await delay(SECONDS * 100);
    process.kill(ffmpeg.pid, 'SIGKILL');
    await delay(SECONDS * 200);
    await server.refuseConnections();
    await delay(GAP_MS);
    await server.acceptConnections();
    await delay(SECONDS * 200);
    const owner = await ownerOf(camera.id);
    process.kill((await system.process(owner)).pid, 'SIGKILL');
    const checker = await polled;

    expect(checker.violations).toEqual([]);
    // Nobody answers while the camera changes its owner, once, and no longer than promised.
    expect(checker.outages.length).toBeLessThanOrEqual(1);
    expect(checker.longestOutage).toBeLessThanOrEqual(TAKEOVER_MS);
    expect(checker.lists).toBeGreaterThan(SECONDS);
    await untilMoving();
    expect(await video.getAttribute('data-fatal-errors')).toBe('0');
    expect(await ownerOf(camera.id)).not.toBe(owner);

    async function untilMoving(): Promise<void> {
      const from = await video.evaluate((element: HTMLVideoElement) => element.currentTime);
      await page.waitForFunction(
        ([id, before]) =>
          (document.querySelector<HTMLVideoElement>(`video[data-camera-id="${id}"]`)?.currentTime ?? 0) > Number(before) + 1,
        [camera.id, from],
        { timeout: 30_000 },
      );
    }
  });

  async function ownerOf(cameraId: string): Promise<string> {
    const name = (await ownerships(system)).find((each) => each.cameraId === cameraId)?.packager;
    if (!name) throw new Error('nobody owns the camera');
    return name;
  }

  /** Those that package, of all packagers; they do not tell whose camera it is. */
  async function packagingFfmpegs(): Promise<ReturnType<typeof processTree>> {
    const packagers = (await system.processes()).filter(({ name }) => name.startsWith('packager-'));
    return packagers.flatMap(({ pid }) => processTree(pid)).filter((each) => each.arguments.includes('-frag_duration'));
  }
});
