/// <reference lib="dom" />
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RegisteredCamera } from '@app/contracts';
import { type FfmpegTools, locateFfmpeg } from '@app/ffmpeg';
import { freePort } from '@app/platform';
import { encodeLoop, LoopSource, Metronome, pushRtmp, readLoop, RtspServer, serveSrt } from '@app/simulator';
import { type ApiClient, Browser, System } from '@app/testing';

/** From the start of the sender: connecting, the first key frame, and the five seconds promised after it. */
const LIVE_AFTER_START_MS = 8_000;

describe('a camera that is not ours', () => {
  let system: System;
  let operator: ApiClient;
  let tools: FfmpegTools;
  let browser: Browser;
  let folder: string;
  let source: LoopSource;
  let stationCode: string;
  const ending: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-own-'));
    tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
    const file = await encodeLoop(tools, folder, {
      stationCode: '9',
      stationName: 'Own',
      cameraName: 'Own',
      scene: 'overview',
      keyFrameSeconds: 2,
    });
    source = new LoopSource(await readLoop(file), new Metronome());
    system = await System.start();
    browser = await Browser.start();
    operator = await system.client('operator');
    stationCode = (await operator.stations())[0]?.code ?? '';
  });
  afterEach(async () => {
    for (const end of ending.splice(0)) await end();
  });
  afterAll(async () => {
    await browser?.stop();
    await system?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('is live by RTSP with a digest password, and the password is told to nobody', async () => {
    const server = new RtspServer();
    await server.listen();
    ending.push(() => server.close());
    const stream = server.addStream('/door', source, { username: 'viewer', password: 'pa:ss@w0rd/' });
    const registered = await register('RTSP', server.urlOf(stream));
    await untilLive(registered.id, LIVE_AFTER_START_MS);
    expect(JSON.stringify([registered, await operator.json('GET', `/cameras/${registered.id}`)])).not.toMatch(/w0rd|viewer/);
    expect(system.log).not.toMatch(/w0rd/);
    await expectPlayable(registered);
  });

  it('is live by RTMP at the address and key it was given', async () => {
    const registered = await register('RTMP', 'push:rtmp');
    const sender = pushRtmp({ tools, source, url: `${registered.push?.url}/${registered.push?.streamKey}` });
    sender.start();
    ending.push(() => sender.stop());
    await untilLive(registered.id, LIVE_AFTER_START_MS);
    await expectPlayable(registered);
  });

  it('is live by SRT with a passphrase', async () => {
    const port = await freePort();
    const sender = serveSrt({ tools, source, port, passphrase: 'long-enough-secret' });
    sender.start();
    ending.push(() => sender.stop());
    const registered = await register('SRT', `srt://127.0.0.1:${port}?passphrase=long-enough-secret`);
    await untilLive(registered.id, LIVE_AFTER_START_MS);
    await expectPlayable(registered);
  });

  async function register(name: string, address: string): Promise<RegisteredCamera> {
    return operator.json('POST', '/cameras', { stationCode, name, source: address });
  }

  async function untilLive(cameraId: string, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const { state } = await operator.camera(cameraId);
      if (state.state === 'live') return;
      if (Date.now() > deadline)
        throw new Error(`not live after ${timeoutMs} ms: ${JSON.stringify(state)}\n${system.log.slice(-4_000)}`);
      await delay(100);
    }
  }

  /** In Chromium picture and sound of this very camera are decoded. */
  async function expectPlayable({ id, position }: RegisteredCamera): Promise<void> {
    const page = await browser.page();
    await page.goto(`${system.url}/s/${encodeURIComponent(stationCode)}?cam=${position}`);
    await page.waitForFunction(
      (cameraId) => {
        const video = document.querySelector<HTMLVideoElement & { webkitAudioDecodedByteCount?: number }>(
          `video[data-camera-id="${cameraId}"]`,
        );
        if (!video) return false;
        video.muted = false;
        return (
          video.currentTime > 0 &&
          video.getVideoPlaybackQuality().totalVideoFrames > 0 &&
          (video.webkitAudioDecodedByteCount ?? 0) > 0
        );
      },
      id,
      { timeout: 20_000 },
    );
    const { state } = await operator.camera(id);
    expect(state).toMatchObject({ codec: 'h264', audioCodec: 'aac', width: 640, height: 360 });
    await page.close();
  }
});
