import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SystemClock } from '@app/platform';
import type { JobQueue } from '@app/queue';
import { fileOf } from '@app/storage';
import { PackagerRegistry } from '@app/streams';
import { SmallVolume } from '@app/testing';
import { Readiness } from '../../../apps/api/src/operations/readiness';
import type { StorageCheck } from '../../../apps/api/src/operations/storage-check';
import { type CameraRig, checked, eventually, type RunningPackager, startCameraRig } from './rig';

const DISK_MB = 16;
const BALLAST_BYTES = 1024 * 1024;

/** Mounting needs root. */
const canMount = process.getuid?.() === 0;
const describeOnDisk = canMount ? describe : describe.skip;
if (!canMount) console.warn('disk-full.spec: skipped, because only root may mount a small disk');

describeOnDisk('a disk that fills up while recording', () => {
  let rig: CameraRig;
  let volume: SmallVolume;
  let disk: string;
  let packager: RunningPackager;
  let cameraId: string;
  let beats: NodeJS.Timeout;

  beforeAll(async () => {
    rig = await startCameraRig();
    volume = await SmallVolume.make(DISK_MB);
    disk = volume.directory;
    packager = await rig.startPackager({ directory: disk, ballastBytes: BALLAST_BYTES });
    const registry = new PackagerRegistry(rig.db);
    beats = setInterval(() => {
      const { id, origin, runtime } = packager;
      void registry.beat({ id, originUrl: origin, capacity: 1, storageFault: runtime.guard.refusal });
    }, 1_000);
    cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/filling', rig.camera)));
    void packager.runtime.packagings.run(cameraId);
  });
  afterAll(async () => {
    clearInterval(beats);
    await rig.stop();
    await volume.remove();
  });

  const readiness = () => {
    const jobs = { queue: () => ({ getJobCounts: () => Promise.resolve({}) }) } as unknown as JobQueue;
    const storage = { check: () => Promise.resolve(undefined) } as StorageCheck;
    return new Readiness(rig.db, jobs, storage, new SystemClock()).check();
  };
  const media = () =>
    rig.db
      .selectFrom('segments')
      .selectAll()
      .where('camera_id', '=', cameraId)
      .where('chunk', 'is not', null)
      .orderBy('media_sequence')
      .execute();
  const metric = async (name: string): Promise<string | undefined> => {
    const text = await (await fetch(`${packager.origin}/metrics`)).text();
    return new RegExp(`^pollglass_packager_${name} (.*)$`, 'm').exec(text)?.[1];
  };
  /** Addresses of all whole segments in the live list. */
  const listed = async (): Promise<string[]> => {
    const text = await (await fetch(`${packager.origin}/hls/${cameraId}/live.m3u8`)).text();
    const lines = text.split('\n');
    return lines.filter((line, index) => line.startsWith('seg/') && !lines.slice(index - 3, index).includes('#EXT-X-GAP'));
  };

  it('is told within ten seconds, lists nothing torn, and recording goes on by itself when there is room', async () => {
    await eventually('two segments on record', 20_000, async () => (await media()).length >= 2);
    await eventually('the reserve', 5_000, async () => (await stat(join(disk, 'ballast'))).size === BALLAST_BYTES);
    expect((await readiness()).status).toBe('ok');

    await volume.fill();
    const filledAt = Date.now();
    await eventually('health says so', 10_000, async () => {
      const { status, checks } = await readiness();
      return status === 'failing' && checks.packagers.detail?.includes('The disk of the recording is full.');
    });
    await eventually('the camera says why', 10_000, async () => (await rig.state(cameraId))?.reason_code === 'disk-full');
    expect(Date.now() - filledAt).toBeLessThan(10_000);
    expect(await metric('storage_refused')).toBe('1');
    expect(Number(await metric('storage_failures'))).toBeGreaterThanOrEqual(1);
    const before = await media();
    // What the reserve was for.
    await writeFile(join(disk, 'log'), Buffer.alloc(BALLAST_BYTES / 2));
    await rm(join(disk, 'log'));
    await eventually('its only run ended for that', 5_000, async () => {
      const runs = await rig.db.selectFrom('runs').select('end_reason').where('camera_id', '=', cameraId).execute();
      return runs.length === 1 && runs[0]?.end_reason === 'disk-full';
    });

    await volume.free();
    await eventually('live again', 20_000, async () => (await rig.state(cameraId))?.state === 'live');
    await eventually('new segments on record', 20_000, async () => (await media()).length >= before.length + 2);
    expect((await stat(join(disk, 'ballast'))).size).toBe(BALLAST_BYTES);
    await eventually('health is well again', 5_000, async () => (await readiness()).status === 'ok');

    for (const row of await media()) {
      const { byte_offset, byte_length, sha256 } = row;
      const bytes = (await readFile(join(disk, 'media', fileOf(row) ?? ''))).subarray(
        byte_offset ?? 0,
        (byte_offset ?? 0) + (byte_length ?? 0),
      );
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256?.toString('hex'));
    }
    const uris = await listed();
    expect(uris.length).toBeGreaterThanOrEqual(4);
    const lengths = new Map((await media()).map((row) => [`seg/${row.media_sequence}.m4s`, row.byte_length]));
    for (const uri of uris) {
      const body = await (await fetch(`${packager.origin}/hls/${cameraId}/${uri}`)).arrayBuffer();
      const length = await eventually(`the row of ${uri}`, 2_000, async () => {
        if (!lengths.has(uri)) for (const row of await media()) lengths.set(`seg/${row.media_sequence}.m4s`, row.byte_length);
        return lengths.get(uri) ?? undefined;
      });
      expect([uri, body.byteLength]).toEqual([uri, length]);
    }
    expect([...new Set(await rig.gapCauses(cameraId))]).toEqual(['disk-full']);
  });

  it('leaves a recording that fsck finds nothing in', async () => {
    packager.runtime.packagings.stop(cameraId, 'switched-off');
    await eventually('let go', 5_000, () => packager.runtime.packagings.size === 0);
    const report = await checked(rig.db, join(disk, 'media'));
    // Of the bytes and their rows. That all time is covered is looked at where gaps are.
    expect(report.findings).toEqual([]);
    expect(report.counts.segments).toBeGreaterThan(4);
  });
});
