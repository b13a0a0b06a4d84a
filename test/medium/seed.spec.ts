import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { loadConfig } from '@app/config';
import { createDatabase, type Db } from '@app/database';
import { streamKeyHash } from '@app/elections';
import type { FfmpegTools } from '@app/ffmpeg';
import { loadSecretKey, SecretBox } from '@app/platform';
import { readPlan } from '@app/simulator';
import { startPostgres, type TestPostgres } from '@app/testing';
import { prepareDatabase } from '../../apps/cli/src/seed/prepare-database';

const logger = pino({ level: 'silent' });
const withSrt = { capabilities: { srt: true } } as FfmpegTools;

describe(prepareDatabase, () => {
  let postgres: TestPostgres;
  let db: Db;
  let data: string;

  beforeEach(async () => {
    postgres = await startPostgres();
    db = createDatabase(postgres.url, { maxConnections: 2, onIdleError: () => undefined });
    data = await mkdtemp(join(tmpdir(), 'pollglass-seed-'));
  });
  afterEach(async () => {
    await db.destroy();
    await postgres.stop();
    await rm(data, { recursive: true, force: true });
  });

  const prepare = (env: Record<string, string> = {}) =>
    prepareDatabase(loadConfig({ POLLGLASS_DATA: data, ...env }), postgres.url, logger, withSrt);

  it('makes an election that is going on, eight stations with two cameras, and an account for each role', async () => {
    const { demoAccounts, demoPlanFile } = await prepare();
    const [election] = await db.selectFrom('elections').selectAll().execute();
    expect(election?.opens_at.getTime()).toBeLessThan(Date.now());
    expect(election?.closes_at.getTime()).toBeGreaterThan(Date.now() + 3 * 3_600_000);
    expect(await db.selectFrom('stations').select('id').execute()).toHaveLength(8);
    expect(await db.selectFrom('cameras').select('id').execute()).toHaveLength(16);
    expect(new Set(demoAccounts.map((account) => account.role)).size).toBe(9);
    expect((await stat(join(data, 'demo-accounts.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(demoPlanFile as string)).mode & 0o777).toBe(0o600);
    const kinds = (await readPlan(demoPlanFile as string)).cameras.map((camera) => camera.kind);
    expect(kinds.filter((kind) => kind === 'rtmp-push')).toHaveLength(6);
    expect(kinds.filter((kind) => kind === 'rtsp')).toHaveLength(5);
    expect(kinds.filter((kind) => kind === 'srt')).toHaveLength(5);
  });

  it('registers exactly what the simulator streams', async () => {
    const { demoPlanFile } = await prepare();
    const box = new SecretBox(await loadSecretKey(loadConfig({ POLLGLASS_DATA: data })));
    for (const camera of (await readPlan(demoPlanFile as string)).cameras) {
      const row = await db.selectFrom('cameras').selectAll().where('id', '=', camera.cameraId).executeTakeFirstOrThrow();
      if (camera.kind === 'rtmp-push') {
        expect(row.stream_key_hash).toEqual(streamKeyHash(camera.url.split('/').at(-1) as string));
        continue;
      }
      const source = new URL(box.open(camera.cameraId, row.source_cipher as Buffer));
      expect(source.port).toBe(String(camera.port));
      if (camera.kind === 'srt') expect(source.searchParams.get('passphrase')).toBe(camera.passphrase);
      else expect([source.username, source.password, source.pathname]).toEqual([camera.username, camera.password, camera.path]);
      expect(row.source_display).not.toContain(camera.kind === 'srt' ? camera.passphrase : camera.password);
    }
  });

  it('keeps everything at the next start, except for ports that were taken and yesterday’s day', async () => {
    const first = await prepare();
    const before = await readPlan(first.demoPlanFile as string);
    const taken = before.cameras.find((camera) => camera.kind === 'rtsp');
    const blocker = await listen(taken?.port ?? 0);
    const yesterday = new Date(Date.now() - 86_400_000);
    await db
      .updateTable('elections')
      .set({ opens_at: new Date(0), closes_at: yesterday, count_ends_at: yesterday })
      .execute();

    const second = await prepare({ RTMP_PORT: '1999' });
    blocker.close();

    expect(second.demoAccounts).toEqual(first.demoAccounts);
    const after = await readPlan(second.demoPlanFile as string);
    const ports = (kind: string) =>
      after.cameras.flatMap((camera) => (camera.kind === kind && 'port' in camera ? [camera.port] : []));
    const portsBefore = before.cameras.flatMap((camera) => (camera.kind === 'srt' ? [camera.port] : []));
    expect(ports('srt')).toEqual(portsBefore);
    expect(ports('rtsp')).not.toContain(taken?.port);
    expect(after.cameras.every((camera) => camera.kind !== 'rtmp-push' || camera.url.includes(':1999/'))).toBe(true);
    const moved = await db.selectFrom('cameras').select('settings_version').where('source_kind', '=', 'rtsp').execute();
    expect(moved.every((camera) => camera.settings_version === 2)).toBe(true);
    const election = await db.selectFrom('elections').select('count_ends_at').executeTakeFirstOrThrow();
    expect(election.count_ends_at.getTime()).toBeGreaterThan(Date.now());
  });

  it('makes no demo where it is switched off or somebody’s election is there, but the administrator', async () => {
    const admin = { POLLGLASS_ADMIN_EMAIL: 'chief@example.org', POLLGLASS_ADMIN_PASSWORD: 'a long enough one' };
    expect(await prepare({ POLLGLASS_DEMO: 'off', ...admin })).toEqual({ demoAccounts: [], demoPlanFile: undefined });
    const grants = await db.selectFrom('grants').innerJoin('users', 'users.id', 'user_id').select(['email', 'role']).execute();
    expect(grants).toEqual([{ email: 'chief@example.org', role: 'admin' }]);
    const later = new Date(Date.now() + 1_000);
    const times = { opens_at: new Date(), closes_at: later, count_ends_at: later };
    await db
      .insertInto('elections')
      .values({ id: '7c5f6b0e-98a4-4d40-8b7c-0a8f1ad0b6a1', name: 'Real', ...times })
      .execute();
    expect(await prepare()).toEqual({ demoAccounts: [], demoPlanFile: undefined });
    await expect(stat(join(data, 'demo-accounts.json'))).rejects.toThrow('ENOENT');
  });
});

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });
}
