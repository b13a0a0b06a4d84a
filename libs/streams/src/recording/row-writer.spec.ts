import { createLogger } from '@app/platform';
import { MemorySpoolFiles } from '../spool/memory-spool-files';
import { RowSpool } from '../spool/row-spool';
import type { RecordingRow } from './recording-rows';
import { RowWriter } from './row-writer';

const row = (id: string): RecordingRow => ({
  kind: 'run-end',
  cameraId: 'camera',
  generation: 1,
  id,
  endedAt: new Date(0),
  reason: 'silent',
  detail: '',
});

/** A database that fails with `error` while there is one, and refuses rows named `bad`. */
function fakeDatabase() {
  const written: string[] = [];
  const database = {
    written,
    error: undefined as Error | undefined,
    write: async (rows: readonly RecordingRow[]): Promise<void> => {
      if (database.error) throw database.error;
      const ids = rows.map((each) => (each.kind === 'segment' ? '' : each.id));
      if (ids.includes('bad')) throw Object.assign(new Error('violates'), { code: '23503' });
      written.push(...ids);
    },
  };
  return database;
}

describe('writing rows behind the cameras', () => {
  const logger = createLogger('test', 'silent');

  const away = new Error('connection refused');
  const start = (database: ReturnType<typeof fakeDatabase>, maxRows?: number, maxBytes?: number) => {
    const disk = new MemorySpoolFiles();
    return { disk, writer: new RowWriter(database, new RowSpool('packager', disk, maxBytes), logger, maxRows) };
  };

  it('spools rows while the database is away, and writes them before newer ones', async () => {
    const database = fakeDatabase();
    const { disk, writer } = start(database);
    database.error = away;
    writer.put(row('a'));
    await writer.flush();
    writer.put(row('b'));
    expect([writer.queuedRows, writer.spooledRows]).toEqual([2, 1]);
    await writer.flush();
    writer.put(row('c'));
    expect([writer.queuedRows, writer.spooledRows]).toEqual([3, 2]);
    database.error = undefined;
    await writer.flush();
    expect(database.written).toEqual(['a', 'b', 'c']);
    expect([writer.queuedRows, disk.files.size]).toEqual([0, 0]);
    await writer.stop();
  });

  it('spools rows while a database hangs that does not even fail', async () => {
    const database = fakeDatabase();
    const hanging = { write: () => new Promise<void>(() => undefined) };
    const disk = new MemorySpoolFiles();
    const writer = new RowWriter(
      { write: (rows) => hanging.write().then(() => database.write(rows)) },
      new RowSpool('p', disk),
      logger,
    );
    const spooled = new Promise<void>((resolve) => {
      const append = disk.append.bind(disk);
      disk.append = async (...args) => append(...args).then(resolve);
    });
    writer.put(row('a'));
    void writer.flush();
    await spooled;
    expect([...disk.files.values()].join()).toContain('"id":"a"');
  });

  it('tells when what was put is stored: in the database, in the spool, or nowhere for too long', async () => {
    const database = fakeDatabase();
    const { disk, writer } = start(database);
    writer.put(row('a'));
    await writer.stored();
    expect(database.written).toEqual(['a']);
    database.error = away;
    writer.put(row('b'));
    await writer.stored();
    expect(writer.spooledRows).toBe(1);
    disk.nextAppend = 'fails';
    writer.put(row('c'));
    await writer.stored();
    expect([writer.queuedRows, writer.spooledRows]).toEqual([2, 1]);
    await writer.stop();
  });

  it('leaves in the spool what the database does not take at the end', async () => {
    const database = fakeDatabase();
    database.error = away;
    const { disk, writer } = start(database);
    writer.put(row('a'));
    await writer.stop();
    expect([...disk.files.values()].join()).toContain('"id":"a"');
  });

  it.each(['fails', 'tears'] as const)('keeps rows in memory while the spool %s, and goes on in another file', async (fault) => {
    const database = fakeDatabase();
    database.error = away;
    const { disk, writer } = start(database);
    writer.put(row('a'));
    await writer.flush();
    disk.nextAppend = fault;
    writer.put(row('b'));
    await writer.flush();
    expect([writer.queuedRows, writer.spooledRows]).toEqual([2, 1]);
    writer.put(row('c'));
    await writer.flush();
    expect([writer.queuedRows, writer.spooledRows, disk.files.size]).toEqual([3, 3, 2]);
    database.error = undefined;
    await writer.flush();
    expect(database.written).toEqual(['a', 'b', 'c']);
    await writer.stop();
  });

  it('takes a database whose disk is full for one that is away', async () => {
    const database = fakeDatabase();
    database.error = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
    const { writer } = start(database);
    writer.put(row('a'));
    await writer.flush();
    expect([writer.spooledRows, writer.lostRows]).toEqual([1, 0]);
    const since = writer.refusedSince;
    expect(since).toBeInstanceOf(Date);
    await writer.flush();
    expect(writer.refusedSince).toBe(since);
    database.error = undefined;
    await writer.flush();
    expect([database.written, writer.refusedSince]).toEqual([['a'], undefined]);
    await writer.stop();
  });

  it('gives up the oldest beyond its bound when the spool is full as well, and counts them', async () => {
    const database = fakeDatabase();
    database.error = away;
    const { writer } = start(database, 2, 10);
    for (const id of ['a', 'b', 'c']) writer.put(row(id));
    await writer.flush();
    expect([writer.queuedRows, writer.spooledRows, writer.lostRows]).toEqual([2, 0, 1]);
    database.error = undefined;
    await writer.flush();
    expect(database.written).toEqual(['b', 'c']);
    await writer.stop();
  });

  it('leaves out a row that the database refuses for what it is, and writes the others', async () => {
    const database = fakeDatabase();
    const { writer } = start(database);
    for (const id of ['a', 'bad', 'b', 'c']) writer.put(row(id));
    await writer.flush();
    expect(database.written.sort()).toEqual(['a', 'b', 'c']);
    expect(writer.lostRows).toBe(1);
    await writer.stop();
  });
});
