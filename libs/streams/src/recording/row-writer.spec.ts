import { createLogger } from '@app/platform';
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

  it('keeps rows, in order, while the database is away', async () => {
    const database = fakeDatabase();
    const writer = new RowWriter(database, logger);
    database.error = new Error('connection refused');
    writer.put(row('a'));
    await writer.flush();
    writer.put(row('b'));
    expect(writer.queuedRows).toBe(2);
    database.error = undefined;
    await writer.flush();
    expect(database.written).toEqual(['a', 'b']);
    expect(writer.queuedRows).toBe(0);
  });

  it('gives up the oldest beyond its bound, and counts them', async () => {
    const database = fakeDatabase();
    database.error = new Error('connection refused');
    const writer = new RowWriter(database, logger, 2);
    for (const id of ['a', 'b', 'c']) writer.put(row(id));
    expect([writer.queuedRows, writer.lostRows]).toEqual([2, 1]);
    database.error = undefined;
    await writer.flush();
    expect(database.written).toEqual(['b', 'c']);
  });

  it('leaves out a row that the database refuses for what it is, and writes the others', async () => {
    const database = fakeDatabase();
    const writer = new RowWriter(database, logger);
    for (const id of ['a', 'bad', 'b', 'c']) writer.put(row(id));
    await writer.flush();
    expect(database.written.sort()).toEqual(['a', 'b', 'c']);
    expect(writer.lostRows).toBe(1);
  });
});
