import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Incident, Page } from '@app/contracts';
import { isRunning, processTree, survivors, System } from '@app/testing';

const LIVE_MS = 30_000;

describe('one command', () => {
  let system: System;
  afterEach(() => system.dispose());

  it('brings all sixteen demo cameras live within half a minute, and Ctrl-C leaves no process', async () => {
    system = await System.startAnew();
    await system.untilLive(16, LIVE_MS);
    const ready = (await (await fetch(`${system.url}/health/ready`)).json()) as { status: string };
    expect(ready.status).toBe('ok');
    // Nobody waited for a camera that was still being drawn: the commission's list begins empty.
    const reviewer = await system.client('reviewer');
    expect((await reviewer.json<Page<Incident>>('GET', '/incidents')).items).toEqual([]);
    expect((await stat(join(system.dataDirectory, 'demo-accounts.json'))).mode & 0o777).toBe(0o600);
    const everybody = processTree(system.pid);
    expect(everybody.filter((process) => process.command === 'ffmpeg').length).toBeGreaterThanOrEqual(16);
    await system.stop();
    expect(await survivors(everybody, 2_000)).toEqual([]);
  });

  it('leaves no process ten seconds after the supervisor was killed, and starts again on what it left', async () => {
    system = await System.start();
    await system.untilLive(16, LIVE_MS);
    const everybody = processTree(system.pid);
    const numbers = await mediaSequences(system);
    process.kill(system.pid, 'SIGKILL');
    expect(await survivors(everybody, 10_000)).toEqual([]);

    const again = await System.start({}, system.dataDirectory);
    try {
      await again.untilLive(16, LIVE_MS);
      const later = await mediaSequences(again);
      for (const [cameraId, number] of numbers) expect(later.get(cameraId)).toBeGreaterThan(number);
    } finally {
      await again.stop();
    }
  });

  it('starts a lost process again', async () => {
    system = await System.start();
    await system.untilLive(16, LIVE_MS);
    const api = await system.process('api');
    const [identity] = processTree(api.pid);
    process.kill(api.pid, 'SIGKILL');
    await expect(untilAnswered(`${system.url}/health/live`, 15_000)).resolves.toBe(200);
    expect(identity && isRunning(identity)).toBe(false);
  });
});

/** The number of the newest segment of each camera's live list. */
async function mediaSequences(system: System): Promise<Map<string, number>> {
  const client = await system.client();
  const entries = await Promise.all(
    (await client.cameras()).map(async (camera) => {
      const text = await (await fetch(`${system.url}/hls/${camera.id}/live.m3u8`)).text();
      const first = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
      return [camera.id, first + (text.match(/#EXTINF/g)?.length ?? 0)] as const;
    }),
  );
  return new Map(entries);
}

async function untilAnswered(url: string, timeoutMs: number): Promise<number> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return (await fetch(url)).status;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
