import { sql } from 'kysely';
import type { Db } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { newPlace } from '../incidents/fixtures';

let db: Db;
let stop: () => Promise<void>;
let cameraId: string;

beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
  ({ cameraId } = await newPlace(db));
  const runId = '11111111-1111-4111-8111-111111111111';
  await sql`insert into runs (id, camera_id, generation, discontinuity_sequence, started_at, init_segment, codecs, width, height)
    values (${runId}, ${cameraId}, 1, 0, now(), '\\x00', 'avc1', 640, 360)`.execute(db);
  for (const sequence of [1, 2, 3])
    await sql`insert into segments (camera_id, media_sequence, generation, kind, run_id, discontinuity_sequence, starts_at, duration_ticks,
        independent, chunk, byte_offset, byte_length, sha256)
      values (${cameraId}, ${sequence}, 1, 'media', ${runId}, 0, now(), 180000, true, 0, ${sequence * 10}, 10, sha256('x'))`.execute(
      db,
    );
});
afterAll(() => stop());

const onRow = (statement: string) => sql.raw(`${statement} where camera_id = '${cameraId}' and media_sequence = 1`).execute(db);

describe('rows of the recording', () => {
  it.each([
    ['deleted', 'delete from segments'],
    ['given other bytes', "update segments set sha256 = sha256(convert_to('y', 'UTF8'))"],
    ['moved in time', `update segments set starts_at = starts_at + interval '1 s'`],
    ['given another file', 'update segments set chunk = 7'],
    ['stripped of their file without a word', 'update segments set chunk = null'],
    ['changed while they become a tombstone', 'update segments set chunk = null, deleted_at = now(), duration_ticks = 1'],
    ['left as they are', 'update segments set independent = independent'],
  ])('are not %s', async (_name, statement) => {
    await expect(onRow(statement)).rejects.toThrow(/append-only/);
  });

  it('are not emptied', async () => {
    await expect(sql`truncate segments cascade`.execute(db)).rejects.toThrow(/append-only/);
  });

  it('become tombstones, once', async () => {
    await onRow('update segments set chunk = null, deleted_at = now()');
    await expect(onRow(`update segments set deleted_at = now() + interval '1 h'`)).rejects.toThrow(/append-only/);
    await expect(onRow('update segments set chunk = 0, deleted_at = null')).rejects.toThrow(/append-only/);
  });
});
