import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Browser } from '../../../libs/testing/src/browser';
import { TestApi } from '../api';
import { Footage, FPS, record } from '../incidents/footage';
import { newPlace } from '../incidents/fixtures';

const NINE = Date.parse('2026-10-25T09:00:00.000Z');
const at = (seconds: number): string => new Date(NINE + seconds * 1000).toISOString();

/** A frame as it was shown: its width, its grey, and when it was recorded by the player's reckoning, seconds from NINE. */
interface Shown {
  width: number;
  grey: number;
  at: number;
}

const page = (
  list: string,
): string => `<!doctype html><video id="v" muted playsinline></video><script src="/hls.js"></script><script>
  const video = document.getElementById('v');
  const pixel = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  const hls = new Hls();
  window.log = { fatal: [], shown: [], ended: false };
  hls.on(Hls.Events.ERROR, (_, data) => { if (data.fatal) log.fatal.push(data.details); });
  hls.on(Hls.Events.MANIFEST_PARSED, () => { video.playbackRate = 2; void video.play(); });
  video.addEventListener('ended', () => { log.ended = true; });
  const look = (_, { mediaTime, width }) => {
    pixel.drawImage(video, 0, 0, 1, 1);
    const { fragments } = hls.levels[0].details;
    const piece = fragments.findLast(({ start }) => start <= mediaTime + 0.001) ?? fragments[0];
    const seconds = (piece.programDateTime - ${NINE}) / 1000 + mediaTime - piece.start;
    log.shown.push({ width, grey: pixel.getImageData(0, 0, 1, 1).data[0], at: seconds });
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  hls.loadSource('${list}');
  hls.attachMedia(video);
</script>`;

/** How many frames lie between what is shown and what was recorded then; each frame's grey tells its number modulo 110. */
function framesOff({ grey, at: seconds }: Shown, runStart: number): number {
  const number = Math.round(((grey / 255) * 219) / 2);
  const off = (((seconds - runStart) * FPS - number) % 110) + 110;
  return Math.min(off % 110, 110 - (off % 110));
}

describe('a player on an archive list', () => {
  let api: TestApi;
  let footage: Footage;
  let browser: Browser;
  let pages: Server;
  let list: string;

  beforeAll(async () => {
    api = await TestApi.start();
    const { cameraId } = await newPlace(api.db);
    footage = new Footage(api.db, cameraId, join(api.config.dataDirectory, 'media'));
    const [small, large] = await Promise.all([record({ seconds: 10 }), record({ seconds: 10, size: '256x144' })]);
    await footage.addRun(small, NINE, { mediaSeconds: 700 });
    await footage.addGap(NINE + 10_000, 12);
    await footage.addRun(large, NINE + 22_000, { mediaSeconds: 9_000 });
    await footage.addRun(small, NINE + 35_000, { mediaSeconds: 30 });
    const { port } = api.server.address() as AddressInfo;
    list = `http://127.0.0.1:${port}/hls/${cameraId}/archive.m3u8?from=${at(-6)}&to=${at(45)}`;
    const hlsJs = await readFile(require.resolve('hls.js/dist/hls.js'));
    pages = createServer((request, response) => {
      const [type, body] = request.url === '/hls.js' ? ['text/javascript', hlsJs] : ['text/html', page(list)];
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    browser = await Browser.start();
  });
  afterAll(async () => {
    await browser?.stop();
    pages?.closeAllConnections();
    await new Promise((resolve) => (pages ? pages.close(resolve) : resolve(undefined)));
    await footage?.stop();
    await api?.stop();
  });

  it('plays from absent media through two formats, a gap and a hole to the end, with the right time on the wall', async () => {
    const tab = await browser.page();
    await tab.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
    await tab.waitForFunction('log.ended || log.fatal.length > 0', undefined, { timeout: 50_000 });
    const log = await tab.evaluate<{ fatal: string[]; shown: Shown[]; ended: boolean }>('log');
    expect([log.fatal, log.ended]).toEqual([[], true]);
    for (const { runStart, width } of [
      { runStart: 0, width: 128 },
      { runStart: 22, width: 256 },
      { runStart: 35, width: 128 },
    ]) {
      const ofRun = log.shown.filter((shown) => shown.at >= runStart - 0.3 && shown.at < runStart + 10.3);
      expect(ofRun.length).toBeGreaterThan(20);
      expect(new Set(ofRun.map((shown) => shown.width))).toEqual(new Set([width]));
      // 200 ms. A busy machine paints single frames after their time; a wrong clock would be wrong for all of them.
      const off = ofRun.map((shown) => framesOff(shown, runStart)).sort((left, right) => left - right);
      expect(off[Math.floor(off.length / 2)]).toBeLessThanOrEqual(FPS / 5);
    }
  });
});
