import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Incident } from '@app/contracts';
import {
  ApiClient,
  eventually,
  ownerships,
  queryDatabase,
  signedInPeople,
  startRedis,
  System,
  type TestRedis,
} from '@app/testing';

const CLIPS = Number(process.env['QUEUE_LOST_CLIPS'] ?? 150);
const PEOPLE = 20;
const LIVE_MS = 40_000;
/** A lease, the start of the process, and a round of upkeep. */
const TAKEN_MS = 25_000;
const CUT_MS = 150_000;
const AWAY_MS = 3_000;

describe('a queue engine that is killed, and later loses all it knew, while clips are cut', () => {
  let redis: TestRedis;
  let system: System;
  beforeAll(async () => {
    redis = await startRedis();
    system = await System.start({ REDIS_URL: redis.url });
    await system.untilLive(16, LIVE_MS);
  });
  afterAll(async () => {
    await system?.dispose();
    await redis?.stop();
  });

  it('delays them: each is cut once, whoever was killed meanwhile, and cameras are looked after as before', async () => {
    await untilRecorded();
    const ids = await flagAll();
    const blows: [ready: number, strike: () => Promise<void>][] = [
      [
        CLIPS * 0.2,
        async () => {
          await redis.kill();
          await delay(AWAY_MS);
          await redis.restart();
        },
      ],
      [CLIPS * 0.4, () => kill('jobs')],
      [
        CLIPS * 0.6,
        async () => {
          await forgetAll();
          await kill('packager-1');
          await untilTaken();
        },
      ],
    ];
    for (const [ready, strike] of blows) {
      await untilReady(ready);
      await strike();
    }
    await untilReady(CLIPS);

    // Of ours: cameras that were away meanwhile may have raised incidents, whose clips are being cut.
    const events = await queryDatabase<{ incident_id: string }>(
      system,
      `select incident_id from incident_events where type = 'clip-ready' and incident_id = any($1) order by incident_id`,
      [ids],
    );
    expect(events.map(({ incident_id }) => incident_id)).toEqual(ids);
    const clips = await queryDatabase<{ clip_file: string; sha256: string }>(
      system,
      'select clip_file, sha256 from incident_clips where incident_id = any($1)',
      [ids],
    );
    const archive = join(system.dataDirectory, 'archive');
    for (const { clip_file, sha256 } of clips) {
      const bytes = await readFile(join(archive, clip_file));
      expect([clip_file, createHash('sha256').update(bytes).digest('hex')]).toEqual([clip_file, sha256]);
    }
    const files = await readdir(archive, { recursive: true });
    const ours = files.filter((name) => name.endsWith('.mp4') && ids.some((id) => name.includes(id)));
    expect(ours.sort()).toEqual(clips.map(({ clip_file }) => clip_file).sort());
  });

  /** @returns the incidents, in order */
  async function flagAll(): Promise<string[]> {
    const clients = (await signedInPeople(system, 'observer', PEOPLE)).map((cookie) => new ApiClient(system.url, cookie));
    const cameras = await (await system.client()).cameras();
    const flag = async (nth: number): Promise<string> => {
      const seconds = (ago: number) => new Date(Date.now() - ago * 1_000).toISOString();
      const body = {
        cameraId: cameras[nth % cameras.length]?.id,
        ...{ at: seconds(4), from: seconds(6), to: seconds(3) },
        clock: { pressedAt: seconds(3), delayMs: 1_000 },
      };
      return (await clients[nth % PEOPLE]!.json<Incident>('POST', '/incidents', body, { 'idempotency-key': `key-${nth}` })).id;
    };
    return (await Promise.all(Array.from({ length: CLIPS }, (_, nth) => flag(nth)))).sort();
  }

  async function kill(name: string): Promise<void> {
    process.kill((await system.process(name)).pid, 'SIGKILL');
  }

  async function forgetAll(): Promise<void> {
    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
  }

  /** Until there is footage of the seconds that are flagged. */
  async function untilRecorded(): Promise<void> {
    await eventually('footage of all cameras', LIVE_MS, async () => {
      const cameras = await queryDatabase(
        system,
        `select camera_id from segments where kind = 'media' group by camera_id having min(starts_at) < now() - interval '8 seconds'`,
      );
      return cameras.length === 16;
    });
  }

  /** States are as old as upkeep is: who holds a camera is in its lease. */
  async function untilTaken(): Promise<void> {
    await eventually('all cameras have an owner again', TAKEN_MS, async () => {
      const held = (await ownerships(system)).filter(({ packager, generation }) => packager !== undefined && generation > 1);
      return held.length === 16;
    });
  }

  async function untilReady(count: number): Promise<void> {
    await eventually(`${count} clips`, CUT_MS, async () => {
      const clips = await queryDatabase(system, `select incident_id from incident_clips where state = 'ready'`);
      return clips.length >= count;
    });
  }
});
