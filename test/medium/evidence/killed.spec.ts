import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '@app/database';
import { EvidenceRequests, type Exporter, PackageJobs, PackageRecord } from '@app/evidence';
import { chunkPath } from '@app/storage';
import { orIfGone, wantedBytes } from '@app/platform';
import { createTestDatabase, eventually, startRedis, type TestRedis } from '@app/testing';
import { MovableClock, refusal, silent } from '../incidents/fixtures';
import { finished, manifestOf, newExporter, newScene, type Scene, unpack } from './scene';

const JOBS = join(__dirname, '..', '..', '..', 'dist', 'apps', 'jobs', 'src', 'main.js');
/** A killed worker's job is found by the queue when its lock has run out: half a minute, looked for each half minute. */
jest.setTimeout(180_000);

/** The packager of another machine, which has all footage and can stop answering. */
class SlowOrigin {
  private held: (() => void)[] = [];
  private server: Server | undefined;
  private left = Infinity;
  onHeld: () => void = () => undefined;

  constructor(private readonly mediaDirectory: string) {}

  async start(db: Db): Promise<void> {
    this.server = createServer((request, response) => {
      const answer = (): void => void this.answer(request.url ?? '', request.headers.range, response);
      if (request.method === 'HEAD' || this.left > 0) {
        if (request.method !== 'HEAD') this.left -= 1;
        return answer();
      }
      this.held.push(answer);
      this.onHeld();
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    const origin_url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const later = new Date(Date.now() + 3_600_000);
    await db
      .insertInto('packagers')
      .values({ id: randomUUID(), origin_url, capacity: 10, heartbeat_at: later, started_at: new Date() })
      .execute();
  }

  /** Answers so many more times, then lets its callers wait. @returns when one of them does */
  holdAfter(answers: number): Promise<void> {
    this.left = answers;
    return new Promise((resolve) => (this.onHeld = resolve));
  }

  release(): void {
    this.left = Infinity;
    for (const answer of this.held.splice(0)) answer();
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)));
  }

  private async answer(path: string, range: string | undefined, response: ServerResponse): Promise<void> {
    const bytes = await orIfGone(readFile(join(this.mediaDirectory, path.replace(chunkPath(''), ''))));
    if (!bytes) return void response.writeHead(404).end();
    const wanted = wantedBytes(range, bytes.length);
    const body = wanted.kind === 'part' ? bytes.subarray(wanted.start, wanted.end + 1) : bytes;
    response.writeHead(wanted.kind === 'part' ? 206 : 200, { 'Content-Length': body.length }).end(body);
  }
}

describe.each(['postgres', 'redis'] as const)('a package whose worker is killed, with the queue on %s', (engine) => {
  let db: Db;
  let stop: () => Promise<void>;
  let databaseUrl: string;
  let redis: TestRedis | undefined;
  let data: string;
  let elsewhere: string;
  let origin: SlowOrigin;
  let scene: Scene;
  let actor: Exporter;
  let requests: EvidenceRequests;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    redis = engine === 'redis' ? await startRedis() : undefined;
    const database = await createTestDatabase();
    ({ db, stop } = database);
    databaseUrl = database.url;
    data = await mkdtemp(join(tmpdir(), 'pollglass-killed-'));
    elsewhere = join(data, 'of another machine');
    origin = new SlowOrigin(elsewhere);
    await origin.start(db);
    scene = await newScene(db, elsewhere);
    actor = await newExporter(db);
    // Only asks: whatever it did not get into the queue is found by the worker, as after a crash of the api.
    const unqueued = { enqueue: () => Promise.reject(new Error('the queue is away')) } as never;
    const clock = new MovableClock();
    const record = new PackageRecord(db, clock, { publish: () => Promise.resolve() } as never, silent);
    requests = new EvidenceRequests(db, record, new PackageJobs(db, unqueued, clock, silent), clock);
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await origin?.stop();
    await stop?.();
    await redis?.stop();
    await rm(data, { recursive: true, force: true });
  });

  async function startWorker(): Promise<ChildProcess> {
    const env = {
      PATH: process.env['PATH'],
      POLLGLASS_DATA: data,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'error',
      ...(redis && { REDIS_URL: redis.url }),
    };
    const worker = spawn(process.execPath, [JOBS], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    workers.push(worker);
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('exit', (code) => reject(new Error(`The jobs app ended with ${code}`)));
    });
    return worker;
  }

  it('is made again by the next one, and never offered half', async () => {
    const asked = { reason: 'Appeal', recipient: 'Court', language: 'en' as const };
    const held = origin.holdAfter(5);
    const { jobId } = await requests.request(actor, scene.incident.id, asked);
    const first = await startWorker();
    await held;
    // What was held back may have been for another job of the worker.
    await eventually('it is being made', 60_000, async () => (await requests.get(actor, jobId)).state === 'building');
    const ended = new Promise((resolve) => first.once('exit', resolve));
    first.kill('SIGKILL');
    await ended;
    expect(await requests.get(actor, jobId)).toMatchObject({ state: 'building', package: null });
    expect((await refusal(requests.file(actor, jobId))).code).toBe('evidence.not-ready');
    // As if it had been killed while it wrote the zip: the name under which the store writes.
    const archive = join(data, 'archive', 'evidence');
    await mkdir(archive, { recursive: true });
    await writeFile(join(archive, `${jobId}.zip.${randomUUID()}.part`), 'half of a zip');

    origin.release();
    await startWorker();
    const job = await finished(requests, actor, jobId, 150_000);
    expect(job).toMatchObject({ state: 'ready', failure: null });
    expect(await readdir(archive)).toEqual([`${jobId}.zip`]);
    expect((await readdir(join(data, 'work'))).filter((name) => name.startsWith('package-'))).toEqual([]);
    const files = await unpack(join(archive, `${jobId}.zip`), join(data, 'unpacked'));
    const manifest = manifestOf(files);
    const states = manifest.cameras.flatMap(({ segments }) => segments.map(({ state }) => state));
    expect([...new Set(states)].sort()).toEqual(['deleted', 'original']);
  });
});
