import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { fileOf } from '@app/storage';
import { type CameraRig, eventually, startCameraRig } from './rig';
import { allowTampering } from '@app/testing';

const DAY_MS = 24 * 3_600_000;

describe('media on disk', () => {
  let rig: CameraRig;
  beforeAll(async () => {
    rig = await startCameraRig();
  });
  afterAll(() => rig.stop());

  const stateIs = (cameraId: string, state: string, reason: string | null) =>
    eventually(`${state} ${reason}`, 15_000, async () => {
      const now = await rig.state(cameraId);
      return now?.state === state && now.reason_code === reason;
    });

  it('that cannot be written makes the camera say so, and is tried again until it can', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'pollglass-blocked-'));
    const packager = await rig.startPackager({ directory });
    const cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/blocked', rig.camera)));
    const inTheWay = join(directory, 'media', cameraId);
    await writeFile(inTheWay, '');
    void packager.runtime.packagings.run(cameraId);
    await stateIs(cameraId, 'down', 'storage-failed');
    await rm(inTheWay);
    await stateIs(cameraId, 'live', null);
    const runs = await rig.db
      .selectFrom('runs')
      .select('end_reason')
      .where('camera_id', '=', cameraId)
      .orderBy('started_at')
      .execute();
    expect(runs[0]?.end_reason).toBe('storage-failed');
    await packager.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('is deleted when its election keeps it no longer, except what a hold covers, and the index knows', async () => {
    const packager = await rig.startPackager();
    const cameras = [
      await rig.addCamera(rig.server.urlOf(rig.server.addStream('/held', rig.camera))),
      await rig.addCamera(rig.server.urlOf(rig.server.addStream('/free', rig.camera))),
    ];
    for (const cameraId of cameras) void packager.runtime.packagings.run(cameraId);
    const files = await eventually('a segment of each', 15_000, async () => {
      const rows = await rig.db
        .selectFrom('segments')
        .select(['camera_id', 'run_id', 'chunk', 'starts_at'])
        .where('chunk', 'is not', null)
        .where('camera_id', 'in', cameras)
        .execute();
      const first = cameras.map((cameraId) => rows.find((row) => row.camera_id === cameraId));
      return first.every(Boolean) && first;
    });
    for (const cameraId of cameras) packager.runtime.packagings.stop(cameraId, 'switched-off');
    await eventually('both let go', 5_000, () => packager.runtime.packagings.size === 0);
    const [held, free] = files;
    await rig.db
      .insertInto('holds')
      .values({
        id: randomUUID(),
        camera_id: cameras[0] ?? '',
        from_at: held?.starts_at ?? new Date(),
        to_at: new Date(),
        reason: 'test',
        incident_id: null,
      })
      .execute();
    const pathOf = (row: Parameters<typeof fileOf>[0] | undefined): string =>
      join(rig.directory, 'media', (row && fileOf(row)) ?? '');
    const old = new Date(Date.now() - 366 * DAY_MS);
    for (const entry of files) await utimes(pathOf(entry || undefined), old, old);
    await allowTampering(rig.db);
    await sql`update segments set starts_at = starts_at - interval '366 days' where camera_id = any(${cameras}::uuid[])`.execute(
      rig.db,
    );
    await sql`update holds set from_at = from_at - interval '366 days', to_at = to_at - interval '366 days'`.execute(rig.db);
    // As the jobs process counts it.
    await sql`insert into hold_usage (used_bytes, level, level_since, counted_at) values (1, 'enough', now(), now())`.execute(
      rig.db,
    );
    expect(await packager.runtime.storage.round()).toBe(1);
    const metrics = await (await fetch(`${packager.origin}/metrics`)).text();
    for (const name of ['disk_free_bytes', 'disk_total_bytes', 'disk_used_ratio', 'held_bytes'])
      expect(metrics).toMatch(new RegExp(`^pollglass_packager_${name} [0-9.e+]+$`, 'm'));
    await expect(stat(pathOf(held))).resolves.toBeDefined();
    await expect(stat(pathOf(free))).rejects.toThrow('ENOENT');
    const left = await rig.db
      .selectFrom('segments')
      .select('camera_id')
      .distinct()
      .where('chunk', 'is not', null)
      .where('camera_id', 'in', cameras)
      .execute();
    expect(left).toEqual([{ camera_id: cameras[0] }]);
  });
});
