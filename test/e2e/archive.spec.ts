/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import * as HLS from 'hls-parser';
import { locateFfmpeg } from '@app/ffmpeg';
import { type LiveCamera, readClockStrip, RtspServer, startLiveCamera } from '@app/simulator';
import { Browser, ownerships, parseLiveList, System } from '@app/testing';

const AWAY_MS = 12_000;
const LIVE_MS = 40_000;
const FOOTAGE_MS = 6_000;
const RIGHT_MS = 200;
/** Each block of the burnt-in clock is three pixels wide in what the page looks at, and the picture 24 blocks high. */
const LOOK = { width: 96, height: 72, stripHeight: 6 };

/** A frame as it was shown: its width, the top of its picture, and when it was recorded by the player's reckoning, epoch ms. */
interface Shown {
  width: number;
  top: number[];
  at: number;
}

const page = (
  list: string,
): string => `<!doctype html><video id="v" muted playsinline></video><script src="/hls.js"></script><script>
  const video = document.getElementById('v');
  const canvas = Object.assign(document.createElement('canvas'), { width: ${LOOK.width}, height: ${LOOK.height} });
  const eye = canvas.getContext('2d', { willReadFrequently: true });
  const hls = new Hls();
  window.log = { fatal: [], shown: [], ended: false };
  hls.on(Hls.Events.ERROR, (_, data) => { if (data.fatal) log.fatal.push(data.details); });
  hls.on(Hls.Events.MANIFEST_PARSED, () => { video.playbackRate = 2; void video.play(); });
  video.addEventListener('ended', () => { log.ended = true; });
  const look = (_, { mediaTime, width }) => {
    eye.drawImage(video, 0, 0, ${LOOK.width}, ${LOOK.height});
    const { fragments } = hls.levels[0].details;
    const piece = fragments.findLast(({ start }) => start <= mediaTime + 0.001) ?? fragments[0];
    const at = piece.programDateTime + (mediaTime - piece.start) * 1000;
    log.shown.push({ width, top: [...eye.getImageData(0, 0, ${LOOK.width}, ${LOOK.stripHeight}).data], at });
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  hls.loadSource('${list}');
  hls.attachMedia(video);
</script>`;

describe('the record of a camera over a takeover, an absence and a new resolution', () => {
  let system: System;
  let browser: Browser;
  let server: RtspServer;
  let pages: Server;
  let cameras: LiveCamera[];
  let list: string;

  beforeAll(async () => {
    const tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
    cameras = await Promise.all([
      startLiveCamera({ tools, name: 'Small' }),
      startLiveCamera({ tools, name: 'Large', width: 640, height: 360 }),
    ]);
    const [small, large] = cameras as [LiveCamera, LiveCamera];
    server = new RtspServer();
    await server.listen();
    system = await System.start({ POLLGLASS_PACKAGERS: '2' });
    browser = await Browser.start();
    const operator = await system.client('operator');
    const id = (await operator.cameras())[0]?.id ?? 'none';
    await operator.json('PATCH', `/cameras/${id}`, { source: server.urlOf(server.addStream('/clock', small)) });
    // Before it, the demo's picture and its sound are on record: another track is no matter of this test.
    await until(async () => (await operator.camera(id)).state.width === 320);
    const from = await liveFor(id);

    const owner = (await ownerships(system)).find(({ cameraId }) => cameraId === id);
    process.kill((await system.process(owner?.packager ?? 'none')).pid, 'SIGKILL');
    await until(async () => {
      const now = (await ownerships(system)).find(({ cameraId }) => cameraId === id);
      return now !== undefined && now.generation > (owner?.generation ?? Infinity);
    });
    await liveFor(id);

    await server.refuseConnections();
    await delay(AWAY_MS);
    server.removeStream('/clock');
    server.addStream('/clock', large);
    await server.acceptConnections();
    await until(async () => (await operator.camera(id)).state.width === 640);
    await liveFor(id);

    const to = Date.now() - 3_000;
    list = `${system.url}/hls/${id}/archive.m3u8?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
    const hlsJs = await readFile(require.resolve('hls.js/dist/hls.js'));
    pages = createServer((request, response) => {
      const [type, body] = request.url === '/hls.js' ? ['text/javascript', hlsJs] : ['text/html', page(list)];
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser?.stop();
    pages?.closeAllConnections();
    await new Promise((resolve) => (pages ? pages.close(resolve) : resolve(undefined)));
    await system?.dispose();
    await server?.close();
    await Promise.all((cameras ?? []).map((camera) => camera.stop()));
  });

  it('is a list that a strict parser takes, with each run and both gaps', async () => {
    HLS.setOptions({ strictMode: true });
    const text = await (await fetch(list)).text();
    const parsed = HLS.parse(text) as HLS.types.MediaPlaylist;
    expect(parsed.endlist).toBe(true);
    expect(new Set([...text.matchAll(/EXT-X-MAP:URI="([^"]+)"/g)].map(([, uri]) => uri)).size).toBeGreaterThanOrEqual(3);
    const gapSeconds = parseLiveList(text)
      .segments.filter(({ gap }) => gap)
      .map(({ duration }) => duration);
    expect(gapSeconds.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThanOrEqual(AWAY_MS / 1000);
  });

  it('plays across all of it, and every frame was recorded when the player says', async () => {
    const tab = await browser.page();
    await tab.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
    await tab.waitForFunction('log.ended || log.fatal.length > 0', undefined, { timeout: 90_000 });
    const log = await tab.evaluate<{ fatal: string[]; shown: Shown[]; ended: boolean }>('log');
    expect([log.fatal, log.ended]).toEqual([[], true]);
    for (const width of [320, 640]) {
      const off = log.shown
        .filter((shown) => shown.width === width)
        .map(({ top, at }) => Math.abs(at - (readClockStrip({ data: top, width: LOOK.width, height: LOOK.height }) ?? NaN)))
        .filter((ms) => !Number.isNaN(ms))
        .sort((left, right) => left - right);
      expect(off.length).toBeGreaterThan(50);
      // A busy machine paints single frames after their time; a wrong clock would be wrong for all of them.
      expect(off[Math.floor(off.length * 0.9)]).toBeLessThanOrEqual(RIGHT_MS);
    }
  });

  /** @returns when it began, by the clock of this machine */
  async function liveFor(cameraId: string): Promise<number> {
    const client = await system.client();
    await until(async () => (await client.camera(cameraId)).state.state === 'live');
    const from = Date.now();
    await delay(FOOTAGE_MS);
    return from;
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + LIVE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It took too long');
    await delay(200);
  }
}
