import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Camera, Page, Role, Station } from '@app/contracts';
import { freePort } from '@app/platform';
import { temporaryDirectory } from './temporary-directory';

const ROOT = join(__dirname, '..', '..', '..').replace(/\/dist$/, '');
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 200;

export interface SystemProcess {
  name: string;
  pid: number;
  port?: number;
}

export interface DemoAccount {
  role: Role;
  email: string;
  password: string;
}

/** All of Pollglass as `npm start` runs it, with ports and a data folder of its own. */
export class System {
  private output = '';

  private constructor(
    readonly url: string,
    readonly rtmpPort: number,
    readonly dataDirectory: string,
    private readonly supervisor: ChildProcess,
  ) {}

  /** @param env settings on top; the compiled product must be there (`npm run build`). */
  static async start(env: Record<string, string> = {}, dataDirectory?: string): Promise<System> {
    const data = dataDirectory ?? (await temporaryDirectory('pollglass-e2e-'));
    const [port, rtmpPort] = [await freePort(), await freePort()];
    const settings = { PORT: String(port), RTMP_PORT: String(rtmpPort), POLLGLASS_DATA: data, LOG_LEVEL: 'warn', ...env };
    const child = spawn(process.execPath, [join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js'), 'start'], {
      cwd: ROOT,
      env: { ...cleanEnvironment(), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const system = new System(`http://127.0.0.1:${port}`, rtmpPort, data, child);
    await system.untilReady();
    return system;
  }

  get pid(): number {
    return this.supervisor.pid as number;
  }

  /** All that was printed and logged so far. */
  get log(): string {
    return this.output;
  }

  async processes(): Promise<SystemProcess[]> {
    return JSON.parse(await readFile(join(this.dataDirectory, 'processes.json'), 'utf8')) as SystemProcess[];
  }

  async process(name: string): Promise<SystemProcess> {
    const found = (await this.processes()).find((entry) => entry.name === name);
    if (!found) throw new Error(`There is no process ${name}`);
    return found;
  }

  async account(role: Role): Promise<DemoAccount> {
    const accounts = JSON.parse(await readFile(join(this.dataDirectory, 'demo-accounts.json'), 'utf8')) as DemoAccount[];
    const found = accounts.find((account) => account.role === role);
    if (!found) throw new Error(`There is no demo account for ${role}`);
    return found;
  }

  /** The embedded database, for what no route tells: who holds which camera. */
  async databaseUrl(): Promise<string> {
    const password = (await readFile(join(this.dataDirectory, 'postgres', 'password'), 'utf8')).trim();
    return `postgres://pollglass:${password}@127.0.0.1:${(await this.process('postgres')).port}/pollglass`;
  }

  /** A caller of the api, signed in where a role is named. */
  async client(role?: Role): Promise<ApiClient> {
    const client = new ApiClient(this.url);
    if (role) await client.signIn(await this.account(role));
    return client;
  }

  /** Resolves when `count` cameras are live; rejects with their states when that takes longer. */
  async untilLive(count: number, timeoutMs: number): Promise<number> {
    const client = new ApiClient(this.url);
    const began = Date.now();
    let cameras: Camera[] = [];
    while (Date.now() - began < timeoutMs) {
      cameras = await client.cameras();
      if (cameras.filter((camera) => camera.state.state === 'live').length >= count) return Date.now() - began;
      await delay(POLL_MS);
    }
    const states = cameras.map(
      (camera) => `${camera.stationCode} ${camera.name}: ${camera.state.state} ${camera.state.reason?.code ?? ''}`,
    );
    throw new Error(`Not ${count} cameras were live after ${timeoutMs} ms:\n${states.join('\n')}\n${this.output.slice(-4_000)}`);
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    if (this.supervisor.exitCode === null && this.supervisor.signalCode === null) {
      const gone = new Promise((resolve) => this.supervisor.once('exit', resolve));
      this.supervisor.kill('SIGINT');
      await gone;
    }
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.dataDirectory, { recursive: true, force: true });
  }

  private async untilReady(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`Pollglass ${why}:\n${this.output.slice(-8_000)}`));
      const timer = setTimeout(() => fail('did not get ready in time'), START_TIMEOUT_MS);
      this.supervisor.once('exit', (code) => fail(`ended with ${code} while starting`));
      for (const stream of [this.supervisor.stdout, this.supervisor.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
          this.output = (this.output + chunk.toString()).slice(-200_000);
          if (!this.output.includes('Pollglass is ready')) return;
          clearTimeout(timer);
          resolve();
        });
      }
    });
  }
}

/** A thin caller of the HTTP api that keeps its session cookie. */
export class ApiClient {
  private cookie = '';

  constructor(private readonly url: string) {}

  get cookieHeader(): string {
    return this.cookie;
  }

  async signIn({ email, password }: { email: string; password: string }): Promise<void> {
    const response = await this.send('POST', '/sessions', { email, password });
    if (response.status !== 201) throw new Error(`Signing in failed: ${response.status} ${await response.text()}`);
    this.cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const response = await this.send(method, path, body, headers);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async stations(): Promise<Station[]> {
    return (await this.json<Page<Station>>('GET', '/stations?limit=200')).items;
  }

  async cameras(): Promise<Camera[]> {
    return (await this.stations()).flatMap((station) => station.cameras);
  }

  camera(cameraId: string): Promise<Camera> {
    return this.cameras().then((cameras) => {
      const found = cameras.find((camera) => camera.id === cameraId);
      if (!found) throw new Error(`There is no camera ${cameraId}`);
      return found;
    });
  }
}

/** What the test runner's own environment says must not steer the system under test. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(POLLGLASS_|PORT$|RTMP_PORT$|DATABASE_URL$|REDIS_URL$|STORAGE_URL$|npm_|JEST_|NODE_ENV$)/.test(name),
    ),
  );
}
