import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createAccount, newTotpSecret, Sessions, setSecondFactor } from '@app/access';
import { type Config, loadConfig } from '@app/config';
import { needsSecondFactor, type Role, type ScopeRef } from '@app/contracts';
import { type Db } from '@app/database';
import { locateFfmpeg } from '@app/ffmpeg';
import { createLogger, loadSecretKey, SecretBox } from '@app/platform';
import { createTestDatabase, type Credentials, unusedCode } from '@app/testing';
import { createApi } from '../../apps/api/src/api';

const PASSWORD = 'correct horse battery staple';

/** The real api on a real PostgreSQL, in this process. */
export class TestApi {
  private constructor(
    readonly app: NestExpressApplication,
    readonly db: Db,
    readonly databaseUrl: string,
    readonly config: Config,
    /** Every line that was logged. */
    readonly lines: string[],
    private readonly dispose: () => Promise<void>,
  ) {}

  /**
   * @param fillWeb puts files where the built web app would be
   * @param beside another api, whose database this one uses too
   */
  static async start(
    env: Record<string, string> = {},
    fillWeb: (directory: string) => Promise<void> = () => Promise.resolve(),
    beside?: TestApi,
  ): Promise<TestApi> {
    const own = beside ? undefined : await createTestDatabase();
    const { db, databaseUrl: url } = beside ?? { db: own?.db as Db, databaseUrl: own?.url as string };
    const data = await mkdtemp(join(tmpdir(), 'pollglass-api-'));
    const config = loadConfig({ POLLGLASS_DATA: data, ...env });
    const webDirectory = join(data, 'web');
    await fillWeb(webDirectory);
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) });
    const app = await createApi({
      config,
      databaseUrl: url,
      logger: createLogger('api', 'trace', sink),
      checkResponses: true,
      ffmpeg: () => locateFfmpeg({ path: process.env['PATH'] ?? '' }),
      webDirectory,
    });
    await app.listen(0, '127.0.0.1');
    return new TestApi(app, db, url, config, lines, async () => {
      await app.close();
      await own?.stop();
      await rm(data, { recursive: true, force: true });
    });
  }

  get server(): Server {
    return this.app.getHttpServer();
  }

  /** A client without a session. */
  get guest() {
    return request(this.server);
  }

  /** A new account of this role, with a second factor where the role asks for one. */
  async account(role: Role, scope?: ScopeRef): Promise<Credentials & { id: string }> {
    const email = `${role}-${Math.random().toString(36).slice(2)}@example.org`;
    const id = await createAccount(this.db, { email, name: role, password: PASSWORD, role, ...(scope && { scope }) });
    if (id === undefined) throw new Error('Two accounts of a test have the same address');
    const totpSecret = needsSecondFactor(role) ? await this.giveSecondFactor(id) : undefined;
    return { id, email, password: PASSWORD, totpSecret };
  }

  /** A client signed in to a new account of this role. */
  async as(role: Role, scope?: ScopeRef): Promise<ReturnType<typeof request.agent>> {
    const agent = request.agent(this.server);
    await agent
      .post('/api/v1/sessions')
      .send(await withCode(await this.account(role, scope)))
      .expect(201);
    return agent;
  }

  /** The `Cookie` header of a session of this account. */
  async cookieOf(account: Credentials): Promise<string> {
    const answer = await this.guest
      .post('/api/v1/sessions')
      .send(await withCode(account))
      .expect(201);
    return (answer.headers['set-cookie']?.[0] as string).split(';')[0] as string;
  }

  /** Like `account` and `cookieOf`, but without a password, whose hashing takes its time: for tests of many people. */
  async person(role: Role, scope: ScopeRef = { kind: 'all' }): Promise<{ id: string; cookie: string }> {
    const id = randomUUID();
    await this.db
      .insertInto('users')
      .values({ id, email: `${id}@example.org`, name: role, password_hash: 'none' })
      .execute();
    const place = { scope_kind: scope.kind, scope_id: scope.kind === 'all' ? null : scope.id };
    await this.db
      .insertInto('grants')
      .values({ user_id: id, role, ...place, valid_from: new Date() })
      .execute();
    if (needsSecondFactor(role)) await this.giveSecondFactor(id);
    return { id, cookie: await this.cookieFor(id, needsSecondFactor(role)) };
  }

  /** The `Cookie` header of another session of somebody. */
  async cookieFor(userId: string, factorShown: boolean): Promise<string> {
    const { token } = await this.app.get(Sessions).open(userId, { address: '127.0.0.1', userAgent: 'test' }, factorShown);
    return `session=${token}`;
  }

  /** @returns the secret */
  async giveSecondFactor(userId: string): Promise<string> {
    const secret = newTotpSecret();
    await setSecondFactor(this.db, new SecretBox(await loadSecretKey(this.config)), userId, secret);
    return secret;
  }

  stop(): Promise<void> {
    return this.dispose();
  }
}

/** What signs an account in now. */
export async function withCode({ email, password, totpSecret }: Credentials): Promise<Record<string, string>> {
  return { email, password, ...(totpSecret !== undefined && { totp: await unusedCode(totpSecret) }) };
}

/** An election that is going on. */
export async function newElection(db: Db): Promise<string> {
  const id = crypto.randomUUID();
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  await db
    .insertInto('elections')
    .values({ id, name: 'Test', opens_at: at(-2), closes_at: at(4), count_ends_at: at(8) })
    .execute();
  return id;
}

export const csv = (...rows: string[]): string => `${rows.join('\n')}\n`;
