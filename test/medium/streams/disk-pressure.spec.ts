import { randomUUID } from 'node:crypto';
import { mkdir, open, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Role } from '@app/contracts';
import { DiskFileStore, fileExists, StatfsDiskSpace, SystemClock } from '@app/platform';
import type { JobQueue } from '@app/queue';
import { HoldReleases, SheetRepository, SheetShedding } from '@app/recordings';
import { ChunkCleaner, DiskWatch, MediaFiles, PackagerRegistry, RetentionRepository } from '@app/streams';
import { rightsOf, SmallVolume } from '@app/testing';
import { DerivedHere } from '../../../apps/packager/src/derived-here';
import { Readiness } from '../../../apps/api/src/operations/readiness';
import type { StorageCheck } from '../../../apps/api/src/operations/storage-check';
import { newActor, silent } from '../incidents/fixtures';
import { type CameraRig, eventually, type RunningPackager, startCameraRig } from './rig';

const MB = 1024 * 1024;
const DISK_MB = 32;
const FILE_BYTES = MB;
const SHEET_BYTES = 256 * 1024;
const MINUTE = 60_000;

/** Mounting needs root. */
const canMount = process.getuid?.() === 0;
const describeOnDisk = canMount ? describe : describe.skip;
if (!canMount) console.warn('disk-pressure.spec: skipped, because only root may mount a small disk');

describeOnDisk('a disk that becomes short while recording', () => {
  let rig: CameraRig;
  let volume: SmallVolume;
  let disk: string;
  let packager: RunningPackager;
  let live: string;
  let old: string;
  let files: string[];
  let sheets: SheetRepository;
  const oldMs = Date.now() - 120 * MINUTE;
  const sheetMs = Math.floor(oldMs / 600_000) * 600_000;

  beforeAll(async () => {
    rig = await startCameraRig();
    volume = await SmallVolume.make(DISK_MB);
    // What follows fills it: never the disk of the machine.
    if (volume.shared !== undefined) throw new Error(`No small volume could be mounted: ${volume.shared}`);
    disk = volume.directory;
    sheets = new SheetRepository(rig.db);
    const archive = join(disk, 'archive');
    const derived = new DerivedHere(new SheetShedding(sheets, new DiskFileStore(archive)), archive, join(disk, 'media'));
    packager = await rig.startPackager({ directory: disk, ballastBytes: MB, derived });
    live = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/short', rig.camera)));
    old = await rig.addCamera('rtsp://127.0.0.1:1/never');
    files = await recordOld(6);
    for (let nth = 0; nth < 4; nth += 1) await storeSheet(sheetMs + nth * 600_000);
    void packager.runtime.packagings.run(live);
    await eventually('two segments on record', 20_000, async () => (await liveRows()) >= 2);
  });
  afterAll(async () => {
    await rig.stop();
    await volume.remove();
  });

  /** A megabyte a minute, of two hours ago; the first three minutes are held. */
  async function recordOld(minutes: number): Promise<string[]> {
    const runId = randomUUID();
    const times = { started_at: new Date(oldMs), ended_at: new Date(oldMs + minutes * MINUTE) };
    const picture = { init_segment: Buffer.alloc(0), codecs: 'avc1', width: 1, height: 1 };
    const ended = { end_reason: null, end_detail: null };
    await rig.db
      .insertInto('runs')
      .values({ id: runId, camera_id: old, generation: 1, discontinuity_sequence: 0, ...times, ...picture, ...ended })
      .execute();
    const made: string[] = [];
    for (let nth = 0; nth < minutes; nth += 1) {
      const file = `${old}/${runId}/${nth}.m4s`;
      const startsAt = new Date(oldMs + nth * MINUTE);
      await rig.db
        .insertInto('segments')
        .values({
          ...{ camera_id: old, media_sequence: nth, generation: 1, kind: 'media', run_id: runId, discontinuity_sequence: 0 },
          ...{ starts_at: startsAt, duration_ticks: 60 * 90_000, independent: true, gap_cause: null },
          ...{ chunk: nth, byte_offset: 0, byte_length: FILE_BYTES, sha256: Buffer.alloc(32) },
        })
        .execute();
      const path = join(disk, 'media', file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, Buffer.alloc(FILE_BYTES, 1));
      await utimes(path, startsAt, startsAt);
      made.push(file);
    }
    const range = { from_at: new Date(oldMs), to_at: new Date(oldMs + 3 * MINUTE) };
    const hold = { id: randomUUID(), camera_id: old, reason: 'test', incident_id: null };
    await rig.db
      .insertInto('holds')
      .values({ ...hold, ...range })
      .execute();
    return made;
  }

  async function storeSheet(startsAt: number): Promise<void> {
    await sheets.record({ cameraId: old, startsAt }, new Date());
    const path = sheetPath(startsAt);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.alloc(SHEET_BYTES, 1));
  }

  const sheetPath = (startsAt: number): string => join(disk, 'archive', 'scrub', old, `${startsAt / 1000}.jpg`);
  const sheetsLeft = async (): Promise<number[]> => {
    const there = await Promise.all([0, 1, 2, 3].map((nth) => fileExists(sheetPath(sheetMs + nth * 600_000))));
    return there.flatMap((isThere, nth) => (isThere ? [nth] : []));
  };
  const footageLeft = async (): Promise<number[]> => {
    const there = await Promise.all(files.map((file) => fileExists(join(disk, 'media', file))));
    return there.flatMap((isThere, nth) => (isThere ? [nth] : []));
  };
  const liveRows = async (): Promise<number> => {
    const rows = await rig.db.selectFrom('segments').select('chunk').where('camera_id', '=', live).execute();
    return rows.filter(({ chunk }) => chunk !== null).length;
  };
  const recordsOn = async (): Promise<void> => {
    const before = await liveRows();
    await eventually('more segments on record', 20_000, async () => (await liveRows()) > before);
  };
  /** Fills or frees until so much of the disk is used. */
  async function fillTo(share: number): Promise<void> {
    const handle = await open(join(disk, 'filler'), 'a');
    try {
      const { usedBytes, freeBytes } = await new StatfsDiskSpace().read(disk);
      let missing = Math.ceil(share * (usedBytes + freeBytes) - usedBytes);
      if (missing < 0) await handle.truncate(Math.max(0, (await handle.stat()).size + missing));
      for (; missing > 0; missing -= 64 * 1024) await handle.appendFile(Buffer.alloc(Math.min(missing, 64 * 1024), 1));
    } finally {
      await handle.close();
    }
  }
  const report = async () => {
    const { id, origin, runtime } = packager;
    await runtime.storage.disk();
    const { refusal: storageFault } = runtime.guard;
    await new PackagerRegistry(rig.db).beat({ id, originUrl: origin, capacity: 1, storageFault, disk: runtime.storage.report });
    const jobs = { queue: () => ({ getJobCounts: () => Promise.resolve({}) }) } as unknown as JobQueue;
    const storage = { check: () => Promise.resolve(undefined) } as StorageCheck;
    return await new Readiness(rig.db, jobs, storage, new SystemClock()).check();
  };
  const metric = async (name: string): Promise<string | undefined> => {
    const text = await (await fetch(`${packager.origin}/metrics`)).text();
    return new RegExp(`^pollglass_packager_${name} (.*)$`, 'm').exec(text)?.[1];
  };

  it('touches nothing while it only fills', async () => {
    await fillTo(0.85);
    expect(await packager.runtime.storage.round()).toBe(0);
    expect([await sheetsLeft(), await footageLeft()]).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3, 4, 5],
    ]);
    expect([await metric('disk_level'), (await report()).status]).toEqual(['1', 'ok']);
  });

  it('loses scrub sheets first, the oldest, and no footage', async () => {
    await fillTo(0.9 + (1.5 * SHEET_BYTES) / (DISK_MB * MB));
    expect((await report()).checks.packagers).toMatchObject({
      ok: true,
      detail: expect.stringContaining('1 of 1 recording disks is short'),
    });
    expect(await packager.runtime.storage.round()).toBe(0);
    const left = await sheetsLeft();
    expect([left.length <= 2, left.includes(0), await footageLeft()]).toEqual([true, false, [0, 1, 2, 3, 4, 5]]);
    expect(Number(await metric('shed_sheets'))).toBe(4 - left.length);
    expect(await rig.db.selectFrom('scrub_sheets').select('camera_id').execute()).toHaveLength(left.length);
    await recordsOn();
  });

  it('then loses the oldest footage that nothing holds, and tells what went', async () => {
    await fillTo(0.93);
    expect(await packager.runtime.storage.round()).toBeGreaterThan(0);
    expect(await sheetsLeft()).toEqual([]);
    const left = await footageLeft();
    expect(left.slice(0, 3)).toEqual([0, 1, 2]);
    expect(left).not.toContain(3);
    expect(left.length).toBeGreaterThan(3);
    await fillTo(0.92);
    const { status, checks } = await report();
    expect([status, checks.packagers.ok]).toEqual(['degraded', true]);
    expect(checks.packagers.detail).toMatch(/is short since .* % used, 4 scrub sheets and \d files of footage went for it$/);
    await recordsOn();
  });

  it('keeps all that is held when nothing else is left, and says so before recording has to stop', async () => {
    await fillTo(0.96);
    await packager.runtime.storage.round();
    await fillTo(0.96);
    await packager.runtime.storage.round();
    expect(await footageLeft()).toEqual([0, 1, 2]);
    const { status, checks } = await report();
    expect([status, checks.packagers.ok]).toEqual(['degraded', true]);
    expect(checks.packagers.detail).toContain('nearly full');
    expect(checks.packagers.detail).toContain('what is left is held or being watched: make room, or release holds');
    expect([await metric('disk_level'), await metric('disk_stuck')]).toEqual(['3', '1']);
    await recordsOn();
  });

  it('stops recording in order when it is full of held footage, and goes on when two people let some go', async () => {
    await fillTo(0.985);
    await eventually('nothing is recorded', 10_000, () => packager.runtime.guard.refusal === 'disk-full');
    await packager.runtime.storage.round();
    expect(await footageLeft()).toEqual([0, 1, 2]);
    await eventually('the camera says why', 10_000, async () => (await rig.state(live))?.reason_code === 'disk-full');
    expect((await report()).status).toBe('failing');

    const actor = async (role: Role) => ({ ...(await newActor(rig.db, role)), ...rightsOf(role) });
    const releases = new HoldReleases(rig.db, new SystemClock());
    const { id } = await rig.db.selectFrom('holds').select('id').executeTakeFirstOrThrow();
    await releases.ask(await actor('custodian'), id, 'the case is closed');
    await packager.runtime.storage.round();
    expect(await footageLeft()).toEqual([0, 1, 2]);
    await releases.confirm(await actor('auditor'), id, 'the case is closed');
    // A minute later this packager looks again by itself; one that starts looks at once.
    const media = join(disk, 'media');
    const clock = new SystemClock();
    const watch = new DiskWatch(new StatfsDiskSpace(), media, rig.config.disk, clock, silent);
    await new ChunkCleaner(new MediaFiles(media), new RetentionRepository(rig.db), watch, clock, silent).clean();
    expect(await footageLeft()).not.toContain(0);
    await eventually('live again', 20_000, async () => (await rig.state(live))?.state === 'live');
    await recordsOn();
  });
});
