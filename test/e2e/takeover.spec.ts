import { setTimeout as delay } from 'node:timers/promises';
import type { ManagedCamera, Page } from '@app/contracts';
import { type Ownership, ownerships, pollLivePlaylist, queryDatabase, System } from '@app/testing';

const LIVE_MS = 40_000;
const TAKEOVER_MS = 10_000;
const FROZEN_MS = 30_000;

describe('two packagers', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start({ POLLGLASS_PACKAGERS: '2' });
    await system.untilLive(16, LIVE_MS);
  });
  afterAll(() => system.dispose());

  it('take over from a killed one within ten seconds; numbers go on and the gap is in the list', async () => {
    const [victim, before] = await busiest(system);
    const watched = before[0] as Ownership;
    const polled = pollLivePlaylist(`${system.url}/hls/${watched.cameraId}/live.m3u8`, { durationMs: 30_000, lowLatency: true });
    await delay(4_000);
    const newest = await newestNumber(system, watched.cameraId);
    process.kill((await system.process(victim)).pid, 'SIGKILL');
    const tookMs = await untilHeldElsewhere(system, before, victim);
    expect(tookMs).toBeLessThanOrEqual(TAKEOVER_MS);

    const checker = await polled;
    expect(checker.violations).toEqual([]);
    expect(await newestNumber(system, watched.cameraId)).toBeGreaterThan(newest);
    const list = await (await fetch(`${system.url}/hls/${watched.cameraId}/live.m3u8`)).text();
    expect(list).toContain('#EXT-X-GAP');
    expect(list).toContain('#EXT-X-DISCONTINUITY');
  });

  it('leave no camera with two writers when one was frozen for half a minute and goes on', async () => {
    await system.untilLive(16, LIVE_MS);
    const [victim, held] = await busiest(system);
    const pid = (await system.process(victim)).pid;
    process.kill(pid, 'SIGSTOP');
    // Frozen, it keeps its port and its connections: only cameras that can be read twice are free to go on elsewhere.
    const pulled = await rtspCameras(system);
    const tookMs = await untilHeldElsewhere(
      system,
      held.filter(({ cameraId }) => pulled.has(cameraId)),
      victim,
    );
    expect(tookMs).toBeLessThanOrEqual(TAKEOVER_MS);
    await delay(FROZEN_MS - tookMs);
    process.kill(pid, 'SIGCONT');
    await delay(3_000);
    const stale = await queryDatabase<{ media_sequence: string }>(
      system,
      `select s.media_sequence from segments s join camera_leases l using (camera_id)
       where s.generation < l.generation and s.starts_at > now() - make_interval(secs => $1)`,
      [(FROZEN_MS - TAKEOVER_MS) / 1000],
    );
    expect(stale).toEqual([]);
    await system.untilLive(16, LIVE_MS);
  });
});

/** The packager that holds the most cameras, and which. */
async function busiest(system: System): Promise<[string, Ownership[]]> {
  const all = await ownerships(system);
  const names = [...new Set(all.map((each) => each.packager))].filter((name) => name !== undefined);
  const held = names.map((name): [string, Ownership[]] => [name, all.filter((each) => each.packager === name)]);
  const [first] = held.sort((a, b) => b[1].length - a[1].length);
  if (!first) throw new Error('no packager holds a camera');
  return first;
}

async function rtspCameras(system: System): Promise<Set<string>> {
  const operator = await system.client('operator');
  const { items } = await operator.json<Page<ManagedCamera>>('GET', '/cameras?limit=200');
  return new Set(items.filter(({ source }) => source.kind === 'rtsp').map(({ id }) => id));
}

/** Milliseconds until each of these cameras is live under a new owner. */
async function untilHeldElsewhere(system: System, before: Ownership[], victim: string): Promise<number> {
  const began = Date.now();
  const client = await system.client();
  for (;;) {
    const now = await ownerships(system);
    const live = new Set((await client.cameras()).filter((camera) => camera.state.state === 'live').map((camera) => camera.id));
    const waiting = before.filter((old) => {
      const owner = now.find((each) => each.cameraId === old.cameraId);
      return !owner || owner.generation <= old.generation || owner.packager === victim || !live.has(old.cameraId);
    });
    if (waiting.length === 0) return Date.now() - began;
    if (Date.now() - began > 3 * TAKEOVER_MS)
      throw new Error(`${waiting.length} of ${before.length} cameras are not live elsewhere`);
    await delay(100);
  }
}

async function newestNumber(system: System, cameraId: string): Promise<number> {
  const [row] = await queryDatabase<{ newest: string }>(
    system,
    'select max(media_sequence) as newest from segments where camera_id = $1',
    [cameraId],
  );
  return Number(row?.newest);
}
