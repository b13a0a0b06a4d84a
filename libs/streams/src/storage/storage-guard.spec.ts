import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock, createLogger, type DiskFigures, DiskSpace } from '@app/platform';
import { DiskChunkStorage } from '../recording/disk-chunk-storage';
import { Ballast } from './ballast';
import { GuardedStorage } from './guarded-storage';
import { MARKER_FILE, RecordingVolume, WrongVolume } from './recording-volume';
import { StorageGuard } from './storage-guard';
import type { VolumeRegistry } from './volume-registry';

class FakeClock extends Clock {
  at = 0;
  nowMs(): number {
    return this.at;
  }
  monotonicMs(): number {
    return this.at;
  }
}

class FakeSpace extends DiskSpace {
  usedPercent = 10;
  read(): Promise<DiskFigures> {
    return Promise.resolve({ usedBytes: this.usedPercent * 1e9, freeBytes: (100 - this.usedPercent) * 1e9 });
  }
}

const THRESHOLDS = { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 };
const BALLAST_BYTES = 3_000_000;

describe('what may be recorded', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-guard-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** @param known media folders that this database was recorded into */
  function packager({ deployment = 'ours', known = new Set<string>() } = {}) {
    const media = join(folder, 'media');
    const registry = {
      deploymentId: () => Promise.resolve(deployment),
      isKnown: ({ directory }) => Promise.resolve(known.has(directory)),
      remember: async ({ directory }) => void known.add(directory),
    } as Pick<VolumeRegistry, 'deploymentId' | 'isKnown' | 'remember'> as VolumeRegistry;
    const [space, clock] = [new FakeSpace(), new FakeClock()];
    const volume = new RecordingVolume({ host: 'here', directory: media }, registry);
    const ballast = new Ballast(join(folder, 'ballast'), BALLAST_BYTES);
    const disk = { space, mediaDirectory: media, thresholds: THRESHOLDS, ballast, volume };
    const guard = new StorageGuard(disk, clock, createLogger('test', 'silent'));
    const storage = new GuardedStorage(new DiskChunkStorage(media), guard, volume);
    return { media, known, space, clock, ballast, guard, storage };
  }
  const ballastSize = async (): Promise<number> => (await stat(join(folder, 'ballast'))).size;
  const started = async (options?: Parameters<typeof packager>[0]) => {
    const made = packager(options);
    await made.guard.start();
    await made.guard.stop();
    return made;
  };

  it('is everything where there is room, with the reserve made', async () => {
    const { guard, storage } = await started();
    expect(guard.refusal).toBeUndefined();
    expect(await ballastSize()).toBe(BALLAST_BYTES);
    const file = await storage.openNew('camera/run/0.m4s');
    await file.append([Buffer.from('media')], 5);
    await file.close();
  });

  it('is nothing on a full disk, not even in files that are open; the reserve is given up, and made again when there is room', async () => {
    const { guard, storage, space } = await started();
    const file = await storage.openNew('camera/run/0.m4s');
    space.usedPercent = 98;
    await guard.look();
    expect(guard.refusal).toBe('disk-full');
    await expect(ballastSize()).rejects.toThrow('ENOENT');
    expect(() => file.append([Buffer.from('media')], 5)).toThrow('disk-full');
    await expect(storage.openNew('camera/run/1.m4s')).rejects.toThrow('disk-full');
    space.usedPercent = 97;
    await guard.look();
    expect(guard.refusal).toBeUndefined();
    expect(await ballastSize()).toBe(BALLAST_BYTES);
    await file.close();
  });

  it('is nothing after a write found no room, for some seconds also where the disk says there is', async () => {
    const { guard, clock } = await started();
    guard.sawError(Object.assign(new Error('write'), { code: 'EDQUOT' }));
    expect(guard.refusal).toBe('disk-full');
    clock.at = 4_000;
    await guard.look();
    expect(guard.refusal).toBe('disk-full');
    clock.at = 6_000;
    await guard.look();
    expect(guard.refusal).toBeUndefined();
  });

  it('goes on after a failure that says nothing of room', async () => {
    const { guard } = await started();
    guard.sawError(Object.assign(new Error('read'), { code: 'EIO' }));
    expect(guard.refusal).toBeUndefined();
  });

  it('finishes a reserve that somebody did not finish', async () => {
    await writeFile(join(folder, 'ballast'), Buffer.alloc(1_000_001));
    await started();
    expect(await ballastSize()).toBe(BALLAST_BYTES);
  });

  it('marks a new volume, and knows it again', async () => {
    const { media, known } = await started();
    expect(await readFile(join(media, MARKER_FILE), 'utf8')).toBe('ours\n');
    expect((await started({ known })).guard.refusal).toBeUndefined();
  });

  it('is nothing while the volume is not mounted, at once and at a start, and the mount point stays empty', async () => {
    const { media, known, guard, storage } = await started();
    await rm(media, { recursive: true });
    await mkdir(media);
    await expect(storage.openNew('camera/run/0.m4s')).rejects.toThrow('volume-missing');
    await expect(stat(join(media, 'camera'))).rejects.toThrow('ENOENT');
    await guard.look();
    expect(guard.refusal).toBe('volume-missing');
    const later = await started({ known });
    expect(later.guard.refusal).toBe('volume-missing');
    await expect(stat(join(media, MARKER_FILE))).rejects.toThrow('ENOENT');
    await writeFile(join(media, MARKER_FILE), 'ours\n');
    await later.guard.look();
    expect(later.guard.refusal).toBeUndefined();
  });

  it('is nothing, and no start, on the volume of another deployment', async () => {
    const { guard, media } = await started();
    await expect(started({ deployment: 'theirs' })).rejects.toThrow(WrongVolume);
    await writeFile(join(media, MARKER_FILE), 'theirs\n');
    await guard.look();
    expect(guard.refusal).toBe('volume-missing');
  });
});
