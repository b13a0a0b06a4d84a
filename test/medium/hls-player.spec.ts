import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { LiveWindow, parseDirectives, Segmenter } from '@app/hls';
import { Browser } from '../../libs/testing/src/browser';
import { pollLivePlaylist } from '../../libs/testing/src/reload-checker-poll';
import { parse, record } from './hls-recording';

const TARGET_DURATION = 2;
const PART_TARGET = 0.5;
const TICKS = 90_000;

/** A camera without any of the product around the list: media in real time, a failure in the middle, media again. */
class Camera {
  readonly window = new LiveWindow<Buffer>({ targetDuration: TARGET_DURATION, partTarget: PART_TARGET });
  private waiting: (() => void)[] = [];
  private open: Buffer[] = [];

  async play(runId: string, bytes: Buffer): Promise<void> {
    const { inits, fragments } = parse(bytes);
    const [init] = inits;
    if (!init) throw new Error('no init segment');
    const begins = Date.now();
    this.window.startRun({ runId, init: init.bytes, startsAt: begins });
    const segmenter = new Segmenter({ partTarget: PART_TARGET, targetDuration: TARGET_DURATION });
    for (const fragment of fragments) {
      await wait(Math.max(0, begins + (fragment.decodeTime + fragment.duration) / 90 - Date.now()));
      this.take(segmenter.push(fragment));
    }
    this.take(segmenter.finish());
  }

  async beAway(seconds: number): Promise<void> {
    const begins = Date.now();
    const parts = seconds / PART_TARGET;
    for (let part = 1; part <= parts; part++) {
      await wait(Math.max(0, begins + part * PART_TARGET * 1000 - Date.now()));
      this.window.addGapPart(PART_TARGET * TICKS);
      if (part % (TARGET_DURATION / PART_TARGET) === 0 || part === parts) this.window.closeSegment();
      this.tell();
    }
  }

  async changed(): Promise<void> {
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private take(events: ReturnType<Segmenter['push']>): void {
    for (const event of events) {
      if (event.kind === 'part') {
        this.open.push(...event.part.chunks);
        this.window.addPart({ ...event.part, body: Buffer.concat(event.part.chunks) });
      } else if (event.kind === 'segment-end') {
        this.window.closeSegment(Buffer.concat(this.open));
        this.open = [];
      }
    }
    if (events.length > 0) this.tell();
  }

  private tell(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

interface PlayerLog {
  readonly fatal: string[];
  readonly parts: number;
  readonly frames: { t: number; w: number }[];
}

const PAGE = `<!doctype html><video id="v" muted autoplay playsinline></video><script src="/hls.js"></script><script>
  const video = document.getElementById('v');
  const hls = new Hls({ lowLatencyMode: true, liveMaxLatencyDuration: 9, liveSyncDuration: 1.5, maxLiveSyncPlaybackRate: 1.2 });
  window.log = { fatal: [], parts: 0, frames: [] };
  hls.on(Hls.Events.ERROR, (_, data) => { if (data.fatal) log.fatal.push(data.details); });
  hls.on(Hls.Events.FRAG_BUFFERED, (_, data) => { if (data.part) log.parts++; });
  hls.loadSource('/live.m3u8');
  hls.attachMedia(video);
  setInterval(() => log.frames.push({ t: video.currentTime, w: video.videoWidth }), 250);
</script>`;

describe('a player on the live list', () => {
  let server: Server;
  let camera: Camera;
  let url: string;
  let browser: Browser;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const send = (status: number, type: string, body?: Buffer | string): void => {
      response.writeHead(status, { 'content-type': type }).end(body);
    };
    if (pathname === '/') return send(200, 'text/html', PAGE);
    if (pathname === '/hls.js') return send(200, 'text/javascript', await readFile(require.resolve('hls.js/dist/hls.js')));
    if (pathname === '/live.m3u8') {
      const parsed = parseDirectives(Object.fromEntries(searchParams));
      if (parsed.kind === 'invalid') return send(400, 'text/plain', parsed.rule);
      for (;;) {
        const list = camera.window.playlist(parsed.directives);
        if (list.kind === 'ready') return send(200, 'application/vnd.apple.mpegurl', list.text);
        if (list.kind === 'invalid') return send(400, 'text/plain', list.rule);
        await camera.changed();
      }
    }
    const [, kind = '', name = '', index = ''] = /^\/(init|seg|part)\/([^/.]+)\.(?:(\d+)\.)?m(?:p4|4s)$/.exec(pathname) ?? [];
    if (kind === 'init') return send(200, 'video/mp4', camera.window.init(name));
    const found = kind === 'seg' ? camera.window.segment(Number(name)) : camera.window.part(Number(name), Number(index));
    return found.kind === 'body' ? send(200, 'video/mp4', found.body) : send(404, 'text/plain');
  };

  beforeAll(async () => {
    browser = await Browser.start();
  });
  beforeEach(async () => {
    camera = new Camera();
    server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  afterAll(() => browser.stop());

  it('plays parts, crosses 12 s of absence and goes on with other pictures, without a fatal error', async () => {
    const before = await record({ fps: 25, gop: 50, seconds: 9 });
    const after = await record({ fps: 25, gop: 50, seconds: 14, size: '320x180' });
    const life = (async () => {
      await camera.play('one', before);
      await camera.beAway(12);
      await camera.play('two', after);
    })();
    const checked = pollLivePlaylist(`${url}/live.m3u8`, { durationMs: 32_000, lowLatency: true });
    const page = await browser.page();
    await page.goto(url);
    await life;
    const log = await page.evaluate<PlayerLog>('log');
    await page.close();
    const checker = await checked;
    expect(checker.violations).toEqual([]);
    expect(checker.outages).toEqual([]);
    expect(log.fatal).toEqual([]);
    expect(log.parts).toBeGreaterThan(10);
    const [first, last] = [log.frames.find(({ w }) => w === 320), log.frames.at(-1)];
    // It plays on in real time after the absence.
    expect((last?.t ?? 0) - (first?.t ?? Infinity)).toBeGreaterThan(6);
  });
});
