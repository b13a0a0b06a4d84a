import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase } from '@app/database';
import { type PostgresServer, startPostgresServer } from '@app/postgres-server';
import { DiskSpoolFiles, LeftSpools, type SegmentRow } from '@app/streams';
import { fileOf } from '@app/storage';
import { copyTodaysPostgres, temporaryDirectory } from '@app/testing';
import { AppProcesses } from './app-processes';
import { type CameraRig, checked, eventually, startCameraRig } from './rig';

describe('rows of a recording whose database is killed, and then its packager', () => {
  let rig: CameraRig;
  let directory: string;
  let postgres: PostgresServer;
  let apps: AppProcesses;

  beforeAll(async () => {
    directory = await temporaryDirectory('pollglass-pg-');
    await copyTodaysPostgres(directory);
    postgres = await startPostgresServer({ directory, durable: true });
    const db = createDatabase(postgres.url, { maxConnections: 4, onIdleError: () => undefined });
    const stop = async (): Promise<void> => {
      await db.destroy();
      await postgres.stop();
    };
    rig = await startCameraRig(undefined, { db, url: postgres.url, stop });
    apps = new AppProcesses(rig);
  });
  afterAll(async () => {
    await apps.killAll();
    await rig.stop();
    await rm(directory, { recursive: true, force: true });
  });

  const spooled = async (cameraId: string): Promise<SegmentRow[]> => {
    const rows = await new LeftSpools(new DiskSpoolFiles(join(rig.directory, 'spool'))).rowsOf(cameraId, Infinity);
    return rows.filter((row): row is SegmentRow => row.kind === 'segment');
  };
  const index = (cameraId: string) =>
    rig.db.selectFrom('segments').selectAll().where('camera_id', '=', cameraId).orderBy('media_sequence').execute();

  it('are taken in by the packager that takes over, in order, each once', async () => {
    const cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/spooled', rig.camera)));
    const [first] = [await apps.start('packager'), await apps.start('jobs')];
    await eventually('some segments', 30_000, async () => (await index(cameraId)).length >= 2);
    const { origin_url } = await rig.db.selectFrom('packagers').select('origin_url').executeTakeFirstOrThrow();

    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    const rows = await eventually('rows in the spool', 30_000, async () => {
      const found = await spooled(cameraId);
      return found.length >= 4 && found;
    });
    // Longer than a lease: it is still the owner.
    expect((await fetch(`${origin_url}/hls/${cameraId}/live.m3u8`)).status).toBe(200);
    await apps.kill(first);

    postgres = await startPostgresServer({ directory, port: postgres.port, durable: true });
    await apps.start('packager');
    await eventually('segments of the new owner', 40_000, async () =>
      (await index(cameraId)).some((row) => row.generation > 1 && row.kind === 'media'),
    );
    const found = await index(cameraId);
    expect(found.map((row) => row.media_sequence)).toEqual(found.map((_, at) => at));
    const bySequence = new Map(found.map((row) => [row.media_sequence, row]));
    for (const row of rows) {
      const indexed = bySequence.get(row.mediaSequence)!;
      expect(fileOf(indexed)).toBe(row.file);
      expect(indexed).toMatchObject({
        generation: 1,
        run_id: row.runId,
        byte_offset: row.byteOffset,
        starts_at: row.startsAt,
        sha256: row.sha256 === null ? null : Buffer.from(row.sha256, 'hex'),
      });
    }
    await eventually('the spool is empty', 20_000, async () => (await spooled(cameraId)).length === 0);

    await apps.killAll();
    expect((await checked(rig.db, join(rig.directory, 'media'))).findings).toEqual([]);
  });
});
