import { setTimeout as delay } from 'node:timers/promises';
import { queryDatabase, startRedis, System, type TestRedis } from '@app/testing';

const LIVE_MS = 40_000;
const AWAY_MS = 5_000;

describe('with queues and fan-out on Redis', () => {
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

  it('misses no segment while Redis is killed and comes back, and jobs go on', async () => {
    const killedAt = new Date();
    await redis.kill();
    await delay(AWAY_MS);
    await redis.restart();
    await delay(AWAY_MS);
    const holes = await queryDatabase(
      system,
      `select camera_id, media_sequence from (
         select camera_id, media_sequence, kind, lag(media_sequence) over w as previous from segments window w as (partition by camera_id order by media_sequence)
       ) s where (previous is not null and media_sequence <> previous + 1)`,
    );
    expect(holes).toEqual([]);
    const runs = await queryDatabase(system, 'select camera_id, started_at from runs where started_at > $1', [killedAt]);
    const gaps = await queryDatabase(
      system,
      `select camera_id, starts_at, gap_cause from segments where kind = 'gap' and starts_at > $1`,
      [killedAt],
    );
    expect({ runs, gaps }).toEqual({ runs: [], gaps: [] });
    await system.untilLive(16, LIVE_MS);

    // Jobs go on: a camera that is switched off and on again is taken up by a new job.
    const operator = await system.client('operator');
    const [camera] = await operator.cameras();
    await operator.json('PATCH', `/cameras/${camera?.id}`, { enabled: false });
    await delay(3_000);
    await operator.json('PATCH', `/cameras/${camera?.id}`, { enabled: true });
    await system.untilLive(16, LIVE_MS);
  });
});
