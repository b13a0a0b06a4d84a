import { createHash } from 'node:crypto';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase, type Db } from '@app/database';
import { fileExists } from '@app/platform';
import { startPostgresServer, type PostgresServer } from '@app/postgres-server';
import { copyTodaysPostgres, temporaryDirectory } from '@app/testing';
import { startTicksOf } from '../../../apps/cli/src/supervisor/process-identity';
import { runCli } from '../cli';
import { newPlace } from '../incidents/fixtures';

let data: string;
let cameraId: string;
let chunk: string;

/** A data folder with a stopped embedded database, one camera, and one run of one segment. */
beforeAll(async () => {
  data = await temporaryDirectory('pollglass-fsck-');
  await copyTodaysPostgres(join(data, 'postgres'));
  await whileRunning(async ({ url }) => {
    const db = createDatabase(url, { maxConnections: 1, onIdleError: () => undefined });
    try {
      await recordSegment(db);
    } finally {
      await db.destroy();
    }
  });
});
afterAll(() => rm(data, { recursive: true, force: true }));

async function whileRunning<T>(work: (server: PostgresServer) => Promise<T>): Promise<T> {
  const server = await startPostgresServer({ directory: join(data, 'postgres'), durable: false });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function recordSegment(db: Db): Promise<void> {
  ({ cameraId } = await newPlace(db));
  const [runId, bytes, at] = ['0b6d1f1e-1c7b-4a4e-9c55-2f7f4a3c1d11', Buffer.from('media of a segment'), new Date()];
  const owner = { camera_id: cameraId, generation: 1, discontinuity_sequence: 0 };
  const picture = { init_segment: Buffer.from('init'), codecs: 'avc1.640028', width: 640, height: 360 };
  const end = { ended_at: at, end_reason: null, end_detail: null };
  await db
    .insertInto('runs')
    .values({ id: runId, ...owner, started_at: at, ...picture, ...end })
    .execute();
  const file = `${cameraId}/${runId}/0.m4s`;
  const place = { chunk: 0, byte_offset: 0, byte_length: bytes.length, sha256: createHash('sha256').update(bytes).digest() };
  const media = {
    kind: 'media' as const,
    run_id: runId,
    starts_at: at,
    duration_ticks: 180_000,
    independent: true,
    gap_cause: null,
  };
  await db
    .insertInto('segments')
    .values({ ...owner, media_sequence: 1, ...media, ...place })
    .execute();
  chunk = join(data, 'media', file);
  await mkdir(join(chunk, '..'), { recursive: true });
  await writeFile(chunk, bytes);
}

const pollglass = (args: string[], env: Record<string, string> = {}) =>
  runCli(['fsck', ...args], { POLLGLASS_DATA: data, ...env });

describe('pollglass fsck', () => {
  it('starts the database of a stopped system, checks, and stops it again', async () => {
    const { code, stdout, stderr } = await pollglass([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('1 camera, 1 segment, 0 gaps, 1 file, 0 MB read.\nThe recording is clean.\n');
    // PostgreSQL removes it when it has stopped in order.
    expect(await fileExists(join(data, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
  });

  it('uses the database of a running system, and leaves it running', async () => {
    await whileRunning(async (server) => {
      const supervisor = { name: 'supervisor', pid: process.pid, startTicks: startTicksOf(process.pid) };
      const list = join(data, 'processes.json');
      await writeFile(list, JSON.stringify([supervisor, { name: 'postgres', pid: server.pid, port: server.port }]));
      expect(await pollglass([])).toMatchObject({ code: 0, stderr: '' });
      expect(() => process.kill(server.pid, 0)).not.toThrow();
      await writeFile(list, JSON.stringify([supervisor]));
      expect(await pollglass([])).toMatchObject({ code: 3, stderr: expect.stringContaining('Pollglass is starting') });
      expect(() => process.kill(server.pid, 0)).not.toThrow();
      await rm(list);
    });
  });

  it('ends with 1 when something is found, and tells it to programs as one object', async () => {
    await whileRunning(async ({ url }) => {
      await appendFile(chunk, 'more');
      const { code, stdout } = await pollglass(['--camera', cameraId, '--json'], { DATABASE_URL: url });
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        clean: false,
        counts: { cameras: 1, segments: 1 },
        findings: [{ kind: 'orphan', cameraId, message: 'No row names bytes 18 to 22.' }],
        findingsLeftOut: 0,
      });
      const forPeople = await pollglass([], { DATABASE_URL: url });
      expect(forPeople).toMatchObject({
        code: 1,
        stderr: '',
        stdout: expect.stringMatching(/^orphan: camera .*\n\n.*\n1 finding\.\n$/),
      });
      const unknown = await pollglass(['--camera', '0b6d1f1e-1c7b-4a4e-9c55-2f7f4a3c1d12'], { DATABASE_URL: url });
      expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('There is no camera') });
    });
  });

  it('ends with 2 for bad arguments, all of them named', async () => {
    const { code, stdout, stderr } = await pollglass(['--camera', 'one', '--from', 'noon', '--fix']);
    expect([code, stdout]).toEqual([2, '']);
    for (const name of ['--camera', '--from', '--to', '--fix']) expect(stderr).toContain(name);
    expect((await pollglass([], { PORT: 'none' })).code).toBe(2);
  });

  it('ends with 3 when there is nothing it could check', async () => {
    const noDatabase = await pollglass([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(noDatabase).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') });
    const noFolder = await pollglass([], { POLLGLASS_DATA: join(data, 'nowhere') });
    expect(noFolder).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('There is no database in') });
  });
});
