import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { createLogger } from '@app/platform';
import type { RecordingRow, SegmentRow } from '../recording/recording-rows';
import { GAP } from '../recording/stream-rows';
import { LeftRows } from './left-rows';
import { LeftSpools } from './left-spools';
import { MemorySpoolFiles } from './memory-spool-files';
import { readLines, toLine } from './row-line';
import { RowSpool } from './row-spool';
import { DiskSpoolFiles } from './spool-files';

const segment = (mediaSequence: number, generation = 1, cameraId = 'camera'): SegmentRow => ({
  kind: 'segment',
  cameraId,
  generation,
  mediaSequence,
  discontinuitySequence: 0,
  startsAt: new Date(1_000 * mediaSequence),
  durationTicks: 180_000,
  independent: false,
  ...GAP,
  gapCause: 'silent',
});
const runEnd: RecordingRow = {
  kind: 'run-end',
  cameraId: 'camera',
  generation: 1,
  id: 'run',
  endedAt: new Date(7),
  reason: 'silent',
  detail: 'a\nline feed',
};

describe('a line of the spool', () => {
  const rows = [segment(1), runEnd, segment(2)];
  const text = rows.map(toLine).join('');

  it('gives back its row', () => {
    expect(readLines(text)).toEqual({ rows, torn: false });
  });

  it('is whole or not there, wherever the text was cut, and however a bit was flipped', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.boolean(), (at, cut) => {
        const broken = cut
          ? text.slice(0, at)
          : text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
        const found = readLines(broken).rows;
        expect(found).toEqual(rows.slice(0, found.length));
        expect(found.length).toBeGreaterThanOrEqual(text.slice(0, at).split('\n').length - 1);
      }),
    );
  });
});

describe('the spool of a packager', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pollglass-spool-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('gives its rows back in order, and leaves nothing behind', async () => {
    const disk = new DiskSpoolFiles(join(directory, 'spool'));
    const spool = new RowSpool('packager', disk);
    await spool.append([segment(1), segment(2)]);
    await spool.append([segment(3)]);
    expect(await spool.oldest()).toEqual([segment(1), segment(2), segment(3)]);
    await spool.append([segment(4)]);
    expect(spool.rows).toBe(4);
    await spool.took();
    expect([await spool.oldest(), spool.rows]).toEqual([[segment(4)], 1]);
    await spool.took();
    expect([await spool.oldest(), spool.unreadableRows]).toEqual([undefined, 0]);
    expect(await disk.list('')).toEqual([]);
  });

  it('counts what the disk does not give back, and goes on behind it', async () => {
    const disk = new MemorySpoolFiles();
    const spool = new RowSpool('packager', disk);
    await spool.append([segment(1), segment(2)]);
    const name = 'packager/00000000.rows';
    disk.files.set(name, (disk.files.get(name) ?? '').replace('"mediaSequence":2', '"mediaSequence":3'));
    expect(await spool.oldest()).toEqual([segment(1)]);
    await spool.took();
    expect([await spool.oldest(), spool.unreadableRows, disk.files.size]).toEqual([undefined, 1, 0]);
  });

  it('is read by another packager of the machine after its own was killed, a torn end left out', async () => {
    const disk = new DiskSpoolFiles(join(directory, 'spool'));
    const spool = new RowSpool('packager', disk);
    await spool.append([segment(1), segment(2, 1, 'other')]);
    await spool.append([segment(3, 2)]);
    await disk.append('packager/00000000.rows', toLine(segment(4)).slice(0, 20));
    const left = new LeftSpools(disk);
    expect(await left.rowsOf('camera', 3)).toEqual([segment(1), segment(3, 2)]);
    expect(await left.rowsOf('camera', 2)).toEqual([segment(1)]);
  });
});

describe('what lost packagers left in their spools', () => {
  /** @param inIndex sequences that the index has, or takes. @param meanwhile what the owner does while its rows are written */
  async function scene(inIndex: number[], alive: string[] = [], meanwhile?: (own: RowSpool) => Promise<void>) {
    const disk = new MemorySpoolFiles();
    const own = new RowSpool('lost', disk);
    await own.append([segment(1), segment(2)]);
    let happens = meanwhile;
    const written: number[] = [];
    const sequences = (rows: readonly RecordingRow[]) =>
      rows.flatMap((row) => (row.kind === 'segment' ? [row.mediaSequence] : []));
    const index = {
      write: async (rows: readonly RecordingRow[]) => {
        written.push(...sequences(rows));
        await happens?.(own);
        happens = undefined;
      },
      adopt: async () => 0,
      missing: async (rows: readonly RecordingRow[]) => sequences(rows).filter((sequence) => !inIndex.includes(sequence)).length,
    };
    const packagers = { isAlive: async (id: string) => alive.includes(id) };
    const left = new LeftRows('own', new LeftSpools(disk), index, packagers, createLogger('test', 'silent'));
    return { disk, left, written };
  }

  it('is written and removed', async () => {
    const { disk, left, written } = await scene([1, 2]);
    await left.round();
    expect([written, disk.files.size]).toEqual([[1, 2], 0]);
  });

  it('is left to a packager that lives', async () => {
    const { disk, left, written } = await scene([1, 2], ['lost']);
    await left.round();
    expect([written, disk.files.size]).toEqual([[], 1]);
  });

  it('stays when its packager, thought to be lost, writes to it while it is taken', async () => {
    const { disk, left, written } = await scene([1, 2, 3], [], (own) => own.append([segment(3)]));
    await left.round();
    expect([written, disk.files.size]).toEqual([[1, 2], 1]);
    await left.round();
    expect([written, disk.files.size]).toEqual([[1, 2, 1, 2, 3], 0]);
  });

  it('stays for the next owner while the index does not take it, and is put aside later, never deleted', async () => {
    const { disk, left } = await scene([1]);
    await left.round();
    expect([...disk.files.keys()]).toEqual(['lost/00000000.rows']);
    disk.age = 3_600_000;
    await left.round();
    expect([...disk.files.keys()]).toEqual(['refused/lost-00000000.rows']);
    await left.round();
    expect(disk.files.size).toBe(1);
  });
});
