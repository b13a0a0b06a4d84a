import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOf } from '@app/storage';
import { type CameraRig, eventually, startCameraRig } from './rig';

describe('the bytes on record', () => {
  let rig: CameraRig;
  beforeAll(async () => {
    rig = await startCameraRig();
  });
  afterAll(() => rig.stop());

  const media = (cameraId: string) =>
    rig.db
      .selectFrom('segments')
      .select([
        'media_sequence',
        'run_id',
        'camera_id',
        'chunk',
        'byte_offset',
        'byte_length',
        'sha256',
        'media_time',
        'key_frames',
        'monotonic_ms',
      ])
      .where('camera_id', '=', cameraId)
      .where('kind', '=', 'media')
      .orderBy('media_sequence')
      .execute();
  type Recorded = Awaited<ReturnType<typeof media>>[number];

  const hashOnDisk = async (row: Recorded): Promise<string> => {
    const { byte_offset, byte_length } = row;
    const handle = await open(join(rig.directory, 'media', fileOf(row) ?? ''), 'r');
    try {
      const { buffer } = await handle.read(Buffer.alloc(byte_length ?? 0), 0, byte_length ?? 0, byte_offset ?? 0);
      return createHash('sha256').update(buffer).digest('hex');
    } finally {
      await handle.close();
    }
  };

  it('have the hash that was told, also where a lost packager did not come to telling it', async () => {
    const cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/hashed', rig.camera)));
    const first = await rig.startPackager();
    void first.runtime.packagings.run(cameraId);
    await eventually('some segments', 20_000, async () => (await media(cameraId)).length >= 4);
    await first.stop();
    const told = await media(cameraId);
    for (const row of told) expect(row.sha256?.toString('hex')).toBe(await hashOnDisk(row));
    const times = told.map((row) => row.media_time ?? -1);
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
    expect(told.every((row) => (row.monotonic_ms ?? 0) > 0)).toBe(true);

    const since = told.at(-2)?.media_sequence ?? 0;
    await rig.db.deleteFrom('segments').where('camera_id', '=', cameraId).where('media_sequence', '>=', since).execute();
    const second = await rig.startPackager();
    void second.runtime.packagings.run(cameraId);
    const found = await eventually('they are told after all', 20_000, async () => {
      const rows = (await media(cameraId)).filter((row) => row.run_id === told[0]?.run_id);
      return rows.length >= told.length && rows;
    });
    const facts = (rows: Recorded[]) => rows.map((row) => ({ ...row, monotonic_ms: undefined }));
    expect(facts(found)).toEqual(facts(told));
    await second.stop();
  });
});
