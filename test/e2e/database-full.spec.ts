import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ready } from '@app/contracts';
import {
  eventually,
  parseLiveList,
  preparedDirectory,
  queryDatabase,
  SmallVolume,
  System,
  temporaryDirectory,
} from '@app/testing';

const VOLUME_MB = 160;
const LIVE_MS = 60_000;
const NOTICED_MS = 30_000;
/** Segments of a list that went on meanwhile: some twelve seconds. */
const WENT_ON = 6;

const canMount = process.getuid?.() === 0;
const describeOnVolume = canMount ? describe : describe.skip;
if (!canMount) console.warn('database-full.spec: skipped, because only root may mount a small volume');

describeOnVolume('the volume of the database fills up while cameras are recorded', () => {
  let system: System;
  let volume: SmallVolume;
  beforeAll(async () => {
    const data = await temporaryDirectory('pollglass-e2e-');
    await mkdir(join(data, 'postgres'));
    volume = await SmallVolume.make(VOLUME_MB, join(data, 'postgres'));
    system = await System.start({ POLLGLASS_PACKAGERS: '2' }, await preparedDirectory(data));
    await system.untilLive(16, LIVE_MS);
  });
  afterAll(async () => {
    await system?.stop();
    await volume?.remove();
    await system?.dispose();
  });

  it('health says so, viewers see no break, and all of it is on record when there is room again', async () => {
    const cameras = (await (await system.client()).cameras()).map(({ id }) => id);
    const filledAt = new Date();
    await volume.fill();

    // At first it still answers, and takes nothing that needs another page.
    await eventually('health says that rows wait', NOTICED_MS, async () =>
      (await health()).checks.database.detail?.includes('wait on the disks'),
    );
    expect((await health()).status).toBe('failing');
    const newest = new Map(await Promise.all(cameras.map(async (id) => [id, await newestOf(id)] as const)));

    // Then it needs a new file for its log, and ends; it cannot come up either.
    await queryDatabase(system, 'select pg_switch_wal()').catch(() => undefined);
    await queryDatabase(system, 'select pg_switch_wal()').catch(() => undefined);
    await eventually(
      'PostgreSQL is down',
      NOTICED_MS,
      async () => !(await system.processes()).some(({ name }) => name === 'postgres'),
    );
    const refused = await fetch(`${system.url}/api/v1/stations`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await refused.json()).toMatchObject({ code: 'service.unavailable' });
    for (const [id, before] of newest)
      await eventually(`the list of ${id} went on`, NOTICED_MS, async () => (await newestOf(id)) >= before + WENT_ON);

    await volume.free();
    await eventually('all is well again', NOTICED_MS, async () => (await health()).status === 'ok');
    await eventually('no row waits any more', NOTICED_MS, async () => (await waitingRows()) === 0);
    const behind = await queryDatabase(
      system,
      `select camera_id, media_sequence, kind, gap_cause from (
         select *, lag(media_sequence) over (partition by camera_id order by media_sequence) as previous from segments) s
       where starts_at > $1 and (kind = 'gap' or previous <> media_sequence - 1)`,
      [filledAt],
    );
    expect(behind).toEqual([]);
    const ends = await queryDatabase(system, 'select camera_id, end_reason from runs where end_reason is not null');
    expect(ends).toEqual([]);
    for (const [id, before] of newest) {
      const [row] = await queryDatabase<{ newest: number }>(
        system,
        'select max(media_sequence) as newest from segments where camera_id = $1',
        [id],
      );
      expect(Number(row?.newest)).toBeGreaterThanOrEqual(before + WENT_ON);
    }
  });

  async function health(): Promise<Ready> {
    return (await (await fetch(`${system.url}/health/ready`)).json()) as Ready;
  }

  async function newestOf(cameraId: string): Promise<number> {
    const response = await fetch(`${system.url}/hls/${cameraId}/live.m3u8`);
    expect(response.status).toBe(200);
    return parseLiveList(await response.text()).segments.at(-1)?.mediaSequence ?? -1;
  }

  async function waitingRows(): Promise<number> {
    const packagers = (await system.processes()).filter(({ name }) => name.startsWith('packager-'));
    const texts = await Promise.all(packagers.map(async ({ port }) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()));
    return texts.reduce((sum, text) => sum + Number(/^pollglass_packager_rows_spooled (\d+)$/m.exec(text)?.[1] ?? NaN), 0);
  }
});
