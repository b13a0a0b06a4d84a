import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@app/config';
import type { EvidenceProgress } from '@app/contracts';
import type { Db } from '@app/database';
import { EvidenceRequests, type Exporter } from '@app/evidence';
import { locateFfmpeg } from '@app/ffmpeg';
import { Fanout } from '@app/realtime';
import { createTestDatabase, startRedis, type TestRedis } from '@app/testing';
import { JobsModule } from '../../../apps/jobs/src/jobs.module';
import { verify } from '../../../apps/cli/src/verify/verify';
import { refusal, silent } from '../incidents/fixtures';
import { FPS, probe } from '../incidents/footage';
import { finished, manifestOf, newExporter, newScene, NOTE, run, type Scene, unpack } from './scene';

const ASKED = { reason: 'Жалоба в окружной суд', recipient: 'Окружной суд', language: 'en' as const };
/** Footage is drawn, a whole jobs app starts, and packages are made, on a machine that others use too. */
jest.setTimeout(150_000);

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe.each(['postgres', 'redis'] as const)('an evidence package, with the queue on %s', (engine) => {
  let db: Db;
  let stop: () => Promise<void>;
  let redis: TestRedis | undefined;
  let jobs: INestApplicationContext;
  let data: string;
  let folder: string;
  let requests: EvidenceRequests;
  let scene: Scene;
  let actor: Exporter;
  let files: Map<string, Buffer>;
  const told: EvidenceProgress[] = [];
  const text = (name: string): string => files.get(name)?.toString('utf8') ?? '';
  const json = (name: string) => JSON.parse(text(name)) as unknown;

  beforeAll(async () => {
    redis = engine === 'redis' ? await startRedis() : undefined;
    const database = await createTestDatabase();
    ({ db, stop } = database);
    data = await mkdtemp(join(tmpdir(), 'pollglass-evidence-'));
    folder = join(data, 'unpacked');
    const config = loadConfig({ POLLGLASS_DATA: data, ...(redis && { REDIS_URL: redis.url }) });
    const ffmpeg = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
    const module = JobsModule.for({ config, databaseUrl: database.url, logger: silent, ffmpeg });
    jobs = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    jobs.get(Fanout).on('EvidenceProgress', (progress) => void told.push(progress));
    requests = jobs.get(EvidenceRequests, { strict: false });
    scene = await newScene(db, join(data, 'media'));
    actor = await newExporter(db);
    files = await make(actor, ASKED, folder);
  });
  afterAll(async () => {
    await jobs?.close();
    await stop?.();
    await redis?.stop();
    if (process.env['KEEP_EVIDENCE'] === undefined) await rm(data, { recursive: true, force: true });
  });

  async function make(who: Exporter, asked: typeof ASKED | (Omit<typeof ASKED, 'language'> & { language: 'ru' }), into: string) {
    const { jobId } = await requests.request(who, scene.incident.id, asked);
    const job = await finished(requests, who, jobId);
    expect(job).toMatchObject({ state: 'ready', progress: 100, failure: null, reason: asked.reason, recipient: asked.recipient });
    const { name, fileName } = await requests.file(who, jobId);
    const zip = join(data, 'archive', name);
    const bytes = await readFile(zip);
    expect(job.package).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes), fileName });
    expect(fileName).toBe(`evidence-${scene.place.stationCode}-incident-${scene.incident.number}.zip`);
    const unpacked = await unpack(zip, into);
    expect(job.package?.manifestSha256).toBe(sha256(unpacked.get('manifest.json')!));
    return unpacked;
  }

  it('is clean by sha256sum, which knows every file in it', async () => {
    const { stdout } = await run('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder });
    const lines = stdout.trim().split('\n');
    expect(lines.every((line) => line.endsWith(': OK'))).toBe(true);
    expect(lines.map((line) => line.slice(0, -4)).sort()).toEqual(
      [...files.keys()].filter((name) => name !== 'SHA256SUMS').sort(),
    );
  });

  it('is verified offline, zipped and unpacked, with the gaps it declares, and not when a byte is another', async () => {
    const zips = (await readdir(join(data, 'archive', 'evidence'))).map((name) => join(data, 'archive', 'evidence', name));
    const check = async (path: string) => {
      const out: string[] = [];
      const code = await verify([path, '--json'], { stdout: { write: (line) => out.push(line) }, stderr: { write: () => 0 } });
      return { code, ...(JSON.parse(out.join('')) as { alterations?: string[]; declared?: { why: string }[] }) };
    };
    expect(await check(zips[0]!)).toMatchObject({ code: 2, alterations: [] });
    const { code, declared } = await check(folder);
    expect([code, declared?.map(({ why }) => why)]).toEqual([2, ['camera-unreachable', expect.stringMatching(/is deleted$/)]]);
    const path = [...files.keys()].find((name) => name.endsWith('.m4s'))!;
    const altered = Buffer.from(files.get(path)!);
    altered[99]! ^= 4;
    await writeFile(join(folder, path), altered);
    expect(await check(folder)).toMatchObject({ code: 1, alterations: [`${path} was altered`] });
    await writeFile(join(folder, path), files.get(path)!);
  });

  it('holds the recorded bytes of all cameras of the station, and where the recording has them', async () => {
    const { cameras, files: listed } = manifestOf(files);
    expect(cameras.map((camera) => camera.name)).toEqual(['Ballot box', 'Зал']);
    for (const [index, file] of [scene.files.first, scene.files.other].entries()) {
      const recorded = await readFile(join(data, 'media', file));
      const segments = cameras[index]!.segments.filter((segment) => segment.recorded?.file === file);
      expect(segments.length).toBeGreaterThan(4);
      for (const { path, bytes, sha256: hash, recorded: at } of segments) {
        expect(files.get(path)!.equals(recorded.subarray(at!.offset, at!.offset + bytes))).toBe(true);
        expect(sha256(files.get(path)!)).toBe(hash);
      }
    }
    const run = await db
      .selectFrom('runs')
      .select(['id', 'init_segment'])
      .where('camera_id', '=', scene.otherCamera)
      .executeTakeFirstOrThrow();
    expect(files.get(`footage/camera-2/${run.id}/init.mp4`)!.equals(run.init_segment)).toBe(true);
    const own = ['SHA256SUMS', 'manifest.json', 'export/export.json', 'export/custody.json'];
    expect(listed.map((entry) => entry.path)).toEqual([...files.keys()].filter((name) => !own.includes(name)).sort());
    for (const entry of listed)
      expect([entry.bytes, entry.sha256]).toEqual([files.get(entry.path)!.length, sha256(files.get(entry.path)!)]);
  });

  it('names what is not there: gaps with their cause, deleted footage with its old hash', () => {
    const [first, other] = manifestOf(files).cameras;
    const at = (seconds: number) => new Date(scene.zero + seconds * 1000).toISOString();
    expect(first!.gaps).toEqual([{ from: at(12), to: at(16), cause: 'camera-unreachable' }]);
    expect(other!.gaps).toEqual([]);
    expect(first!.segments.filter((segment) => segment.state !== 'original')).toEqual([
      expect.objectContaining({
        state: 'deleted',
        from: at(20),
        to: at(22),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        recorded: null,
      }),
    ]);
    expect(json('case/gaps.json')).toHaveLength(1);
  });

  it('has working copies that play, and says that they are none of the evidence', async () => {
    const copies = [...files.keys()].filter((name) => name.startsWith('working-copies/'));
    expect(copies).toEqual([1, 2].map((camera) => `working-copies/camera-${camera}-WORKING-COPY-not-evidence.mp4`));
    const [first, other] = await Promise.all(copies.map((name) => probe(join(folder, name))));
    expect([first!.frames, first!.jumps, first!.tracks]).toEqual([18 * FPS, [], ['h264', 'aac']]);
    expect([other!.frames, other!.jumps]).toEqual([24 * FPS, []]);
  });

  it('has stills of the flagged moment of every camera', async () => {
    const stills = [...files.keys()].filter((name) => name.startsWith('stills/'));
    expect(stills).toHaveLength(4);
    const flagged = `stills/camera-1-${new Date(scene.zero + 8_520).toISOString().replaceAll(':', '-')}.jpg`;
    expect(stills).toContain(flagged);
    for (const name of stills) expect(files.get(name)!.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });

  it('tells the case and its custody without the name of the reporter', async () => {
    expect(json('case/incident.json')).toMatchObject({ incident: { id: scene.incident.id, note: NOTE, code: 'VOT-01' } });
    expect(json('case/events.json')).toContainEqual(
      expect.objectContaining({ actor: expect.objectContaining({ part: 'reporter' }) }),
    );
    expect(json('export/export.json')).toMatchObject({ reason: ASKED.reason, recipient: ASKED.recipient });
    const custody = json('export/custody.json') as { action: string }[];
    expect(custody.map(({ action }) => action)).toContain('evidence.requested');
    const { name } = scene.incident.reporter!;
    for (const [path, bytes] of files) expect([path, bytes.includes(name)]).toEqual([path, false]);
  });

  it('is the same for somebody else later, but for what is told of the export', async () => {
    const other = { ...ASKED, reason: 'Запрос наблюдателей', recipient: 'Миссия наблюдателей' };
    const again = await make(await newExporter(db, 'auditor'), other, join(data, 'again'));
    expect([...again.keys()]).toEqual([...files.keys()]);
    const differ = [...files.keys()].filter((name) => !again.get(name)!.equals(files.get(name)!));
    expect(differ).toEqual(['SHA256SUMS', 'export/custody.json', 'export/export.json']);
  });

  it('is on record from the asking to the taking along', async () => {
    const events = await db
      .selectFrom('audit_events')
      .select(['action', 'actor_kind', 'reason', 'detail', 'grant_role'])
      .where('subject_id', '=', scene.incident.id)
      .where('action', 'like', 'evidence.%')
      .orderBy('seq')
      .limit(3)
      .execute();
    expect(events).toEqual([
      expect.objectContaining({ action: 'evidence.requested', reason: ASKED.reason, grant_role: 'reviewer' }),
      expect.objectContaining({ action: 'evidence.made', actor_kind: 'system' }),
      expect.objectContaining({ action: 'evidence.downloaded', actor_kind: 'user' }),
    ]);
    expect(events[0]!.detail).toMatchObject({ recipient: ASKED.recipient });
  });

  it('tells how far it is, to who asked', () => {
    const own = told.filter(({ requestedBy }) => requestedBy === actor.user.id);
    expect(own.at(-1)).toMatchObject({ state: 'ready', progress: 100, incidentId: scene.incident.id });
    const steps = own.map(({ progress }) => progress);
    expect(steps).toEqual([...steps].sort((left, right) => left - right));
    expect(steps.length).toBeGreaterThan(3);
  });

  it('has its report in Russian when that is wanted', async () => {
    const russian = await make(actor, { ...ASKED, language: 'ru' }, join(data, 'russian'));
    expect(russian.get('report.ru.pdf')!.subarray(0, 5).toString()).toBe('%PDF-');
    expect(russian.has('report.en.pdf')).toBe(false);
  });

  it('tells what was decided and by whom, and nothing of findings that are still sealed', async () => {
    const [{ user: first }, { user: second }] = [await newExporter(db), await newExporter(db)];
    await db.updateTable('users').set({ name: 'Рецензент А' }).where('id', '=', first.id).execute();
    const at = new Date(scene.zero + 600_000);
    const decision = { incident_id: scene.incident.id, round: 1, outcome: 'confirmed' as const, reason_code: 'seen', at };
    await db
      .insertInto('incident_decisions')
      .values({ ...decision, made_by: 'two' })
      .execute();
    const vote = {
      is_chair: false,
      from_at: null,
      to_at: null,
      evidence: '[]',
      salt: Buffer.alloc(16),
      commitment: Buffer.alloc(32),
    };
    const found = {
      ...decision,
      ...vote,
      id: randomUUID(),
      stage: 'first' as const,
      voter_id: first.id,
      reason: 'Видно на записи.',
    };
    const sealed = { ...found, id: randomUUID(), round: 2, voter_id: second.id, reason: 'a sealed finding' };
    await db.insertInto('incident_votes').values([found, sealed]).execute();
    const decided = await make(actor, { ...ASKED, language: 'ru' }, join(data, 'decided'));
    const decisions = JSON.parse(decided.get('case/decisions.json')!.toString()) as unknown;
    expect(decisions).toEqual([
      expect.objectContaining({
        outcome: 'confirmed',
        madeBy: 'two',
        superseded: false,
        findings: [expect.objectContaining({ by: { id: first.id, name: 'Рецензент А' }, reason: 'Видно на записи.' })],
      }),
    ]);
    for (const [path, bytes] of decided) expect([path, bytes.includes(sealed.reason)]).toEqual([path, false]);
  });

  it('leaves bytes out that are not those of the record, and says so', async () => {
    const spoiled = await newScene(db, join(data, 'media'));
    const path = join(data, 'media', spoiled.files.other);
    const bytes = await readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(path, bytes);
    const { jobId } = await requests.request(actor, spoiled.incident.id, ASKED);
    expect(await finished(requests, actor, jobId)).toMatchObject({ state: 'ready', failure: null });
    const { name } = await requests.file(actor, jobId);
    const unpacked = await unpack(join(data, 'archive', name), join(data, 'spoiled'));
    const { cameras } = manifestOf(unpacked);
    const damaged = cameras[1]!.segments.filter((segment) => segment.state === 'damaged');
    expect(damaged).toHaveLength(1);
    expect(damaged[0]!.foundSha256).not.toBe(damaged[0]!.sha256);
    expect(damaged[0]!.path).toBeUndefined();
  });

  it('leaves nothing of its work behind', async () => {
    const work = await readdir(join(data, 'work'));
    expect(work.filter((name) => name.startsWith('package-'))).toEqual([]);
    expect((await readdir(join(data, 'archive', 'evidence'))).filter((name) => !name.endsWith('.zip'))).toEqual([]);
  });

  it('is refused to who may not, or did not show the second factor, or asks for what is not there', async () => {
    const observer: Exporter = { ...actor, permissions: ['incident.flag'], grants: [] };
    const [id] = [scene.incident.id];
    expect((await refusal(requests.request(observer, id, ASKED))).code).toBe('access.denied');
    expect((await refusal(requests.request({ ...actor, steppedUp: false }, id, ASKED))).code).toBe('access.step-up-needed');
    expect((await refusal(requests.request(actor, scene.otherCamera, ASKED))).code).toBe('incident.not-found');
    const { jobId } = await requests.request(actor, id, ASKED);
    await finished(requests, actor, jobId);
    expect((await requests.file({ ...actor, steppedUp: false }, jobId)).name).toBe(`evidence/${jobId}.zip`);
    const stranger = { ...(await newExporter(db)), steppedUp: false };
    expect((await refusal(requests.file(stranger, jobId))).code).toBe('access.step-up-needed');
    expect((await refusal(requests.get(actor, scene.otherCamera))).code).toBe('evidence.not-found');
    const elsewhere = {
      kind: 'station' as const,
      electionId: scene.place.electionId,
      regionId: scene.place.regionId,
      stationId: id,
    };
    const foreign: Exporter = { ...actor, grants: [{ ...actor.grants[0]!, scope: elsewhere }] };
    expect((await refusal(requests.request(foreign, id, ASKED))).code).toBe('access.denied');
  });
});
