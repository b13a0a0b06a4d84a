import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Camera, Role } from '@app/contracts';
import { freePort } from '@app/platform';
import { ApiClient, type Credentials } from './api-client';
import { copyTodaysPostgres } from './postgres';
import { addKept, takeKept } from './run-cache';
import { temporaryDirectory } from './temporary-directory';

const ROOT = join(__dirname, '..', '..', '..').replace(/\/dist$/, '');
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 200;
const LOOPS = 'loops';

export interface SystemProcess {
  name: string;
  pid: number;
  port?: number;
}

export interface DemoAccount extends Credentials {
  role: Role;
}

/** All of Pollglass as `npm start` runs it, with ports and a data folder of its own. */
export class System {
  private output = '';
  private readonly cookies = new Map<Role, Promise<string>>();

  private constructor(
    readonly url: string,
    readonly rtmpPort: number,
    readonly dataDirectory: string,
    private readonly supervisor: ChildProcess,
  ) {}

  /**
   * @param env settings on top; the compiled product must be there (`npm run build`).
   * @param dataDirectory default: a new one that has what every start makes the same, the empty database and the demo's loops.
   */
  static async start(env: Record<string, string> = {}, dataDirectory?: string): Promise<System> {
    return System.launch(env, dataDirectory ?? (await preparedDirectory()));
  }

  /** On a data folder that is not there yet, as somebody's very first start. */
  static async startAnew(): Promise<System> {
    return System.launch({}, await temporaryDirectory('pollglass-e2e-'));
  }

  private static async launch(env: Record<string, string>, data: string): Promise<System> {
    const [port, rtmpPort] = [await freePort(), await freePort()];
    const settings = {
      PORT: String(port),
      RTMP_PORT: String(rtmpPort),
      POLLGLASS_DATA: data,
      LOG_LEVEL: 'warn',
      POLLGLASS_BALLAST_MB: '8',
      ...env,
    };
    const child = spawn(process.execPath, [join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js'), 'start'], {
      cwd: ROOT,
      env: { ...cleanEnvironment(), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const system = new System(`http://127.0.0.1:${port}`, rtmpPort, data, child);
    try {
      await system.untilReady();
      return system;
    } catch (error) {
      await system.dispose();
      throw error;
    }
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

  /** A caller of the api, signed in where a role is named: all callers of a role share one session. */
  async client(role?: Role): Promise<ApiClient> {
    if (!role) return new ApiClient(this.url);
    const known = this.cookies.get(role) ?? this.cookieOf(role);
    this.cookies.set(role, known);
    return new ApiClient(this.url, await known);
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
    // The next start need not draw and encode the demo's cameras again.
    await addKept(LOOPS, join(this.dataDirectory, 'simulator'));
    await rm(this.dataDirectory, { recursive: true, force: true });
  }

  private async cookieOf(role: Role): Promise<string> {
    const client = new ApiClient(this.url);
    await client.signIn(await this.account(role));
    return client.cookieHeader;
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

/** Fills a data folder with what every start makes the same. @param data default: a new folder */
export async function preparedDirectory(data?: string): Promise<string> {
  data ??= await temporaryDirectory('pollglass-e2e-');
  await copyTodaysPostgres(join(data, 'postgres'));
  await takeKept(LOOPS, join(data, 'simulator'));
  return data;
}

/** What the test runner's own environment says must not steer the system under test. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(POLLGLASS_|PORT$|RTMP_PORT$|DATABASE_URL$|REDIS_URL$|STORAGE_URL$|npm_|JEST_|NODE_ENV$)/.test(name),
    ),
  );
}
