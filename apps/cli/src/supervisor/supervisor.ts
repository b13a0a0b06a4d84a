import { type ChildProcess, fork } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@app/config';
import { type Logger } from '@app/platform';
import { type PostgresServer, startPostgresServer } from '@app/postgres-server';
import { Child, type ChildListener, type ChildPlan } from './child';
import type { GuardMessage } from './guard';
import { startTicksOf } from './process-identity';
import { type ProcessEntry, ProcessList } from './process-list';

const DIST = join(__dirname, '..', '..', '..', '..');
const STOP_GRACE_MS = 10_000;
const POSTGRES_RESTART_MS = 500;

/** What is told to the person at the terminal while things come up. */
export type Progress = (what: string) => void;

/** Prepares the database and says what the demo needs; see `prepareDatabase`. */
export type Preparation = (databaseUrl: string) => Promise<{ demoPlanFile: string | undefined }>;

/**
 * Runs every process of one machine: an embedded PostgreSQL where none is given, packagers, jobs, api and the
 * simulated cameras of the demo. A lost one is started again; stopping goes in the order that loses nothing.
 */
export class Supervisor implements ChildListener {
  private readonly list: ProcessList;
  private readonly ports: Record<string, number>;
  private children: Child[] = [];
  private guard: ChildProcess | undefined;
  private postgres: PostgresServer | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly config: Config,
    private readonly env: Record<string, string | undefined>,
    private readonly logger: Logger,
  ) {
    this.list = new ProcessList(config.dataDirectory);
    this.ports = { api: config.http.port };
  }

  async start(prepare: Preparation, progress: Progress): Promise<void> {
    await mkdir(this.config.dataDirectory, { recursive: true });
    this.guard = fork(join(__dirname, 'guard.js'), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    await this.list.set(ownEntry());
    progress(this.config.databaseUrl ? 'Connecting to the database' : 'Starting PostgreSQL');
    const databaseUrl = this.config.databaseUrl ?? (await this.startPostgres()).url;
    progress('Bringing the database up to date');
    const { demoPlanFile } = await prepare(databaseUrl);
    const env = { ...this.env, DATABASE_URL: databaseUrl };
    this.children = this.plans(env, demoPlanFile).map((plan) => new Child(plan, this.logger, this));
    progress('Starting packagers, jobs and the api');
    await Promise.all(this.children.map((child) => child.start()));
  }

  /** Stops everything it started and nothing else. Calling it again waits for the first call. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  started(name: string, pid: number): void {
    this.tellGuard({ kind: 'watch', pid, last: false });
    const port = this.ports[name];
    void this.list.set({ name, pid, ...(port !== undefined && { port }) });
  }

  ready(name: string, pid: number, port: number | undefined): void {
    if (port !== undefined) void this.list.set({ name, pid, port });
  }

  ended(name: string, pid: number): void {
    this.tellGuard({ kind: 'forget', pid });
    void this.list.remove(name);
  }

  private plans(env: Record<string, string | undefined>, demoPlanFile: string | undefined): ChildPlan[] {
    const plan = (name: string, script: string, args: string[] = [], restartDelayMs = quickly): ChildPlan => ({
      name,
      script: join(DIST, 'apps', script),
      args,
      env,
      restartDelayMs,
    });
    const { count } = this.config.packagers;
    const packagers = Array.from({ length: count }, (_, index) =>
      plan(`packager-${index + 1}`, 'packager/src/main.js', [], count > 1 ? afterTheOthersTookOver : quickly),
    );
    const simulator = demoPlanFile ? [plan('simulator', 'cli/src/simulate.js', ['--plan', demoPlanFile])] : [];
    return [...packagers, plan('jobs', 'jobs/src/main.js'), plan('api', 'api/src/main.js'), ...simulator];
  }

  private async startPostgres(port?: number): Promise<PostgresServer> {
    const server = await startPostgresServer({
      directory: join(this.config.dataDirectory, 'postgres'),
      durable: true,
      ...(port !== undefined && { port }),
    });
    this.postgres = server;
    this.tellGuard({ kind: 'watch', pid: server.pid, last: true });
    await this.list.set({ name: 'postgres', pid: server.pid, port: server.port });
    void server.exited.then(() => this.onPostgresExit(server));
    return server;
  }

  /** Comes back on the same port: everybody's address of it stays right. */
  private onPostgresExit(server: PostgresServer): void {
    this.tellGuard({ kind: 'forget', pid: server.pid });
    void this.list.remove('postgres');
    if (this.stopping) return;
    this.logger.error('PostgreSQL was lost and will be started again');
    const again = (): void => {
      if (this.stopping) return;
      this.startPostgres(server.port).catch((error: unknown) => {
        this.logger.error({ err: error }, 'PostgreSQL could not be started again');
        setTimeout(again, POSTGRES_RESTART_MS * 4);
      });
    };
    setTimeout(again, POSTGRES_RESTART_MS);
  }

  private async stopAll(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop(STOP_GRACE_MS)));
    await this.postgres?.stop();
    this.guard?.removeAllListeners();
    this.guard?.kill('SIGKILL');
  }

  private tellGuard(message: GuardMessage): void {
    if (this.guard?.connected) this.guard.send(message);
  }
}

function ownEntry(): ProcessEntry {
  const startTicks = startTicksOf(process.pid);
  return { name: 'supervisor', pid: process.pid, ...(startTicks !== undefined && { startTicks }) };
}

const quickly = (attempt: number): number => Math.min(500 * 2 ** (attempt - 1), 15_000);

/** One of several packagers: the others take its cameras at once, and one that keeps crashing must not keep taking them back. */
const afterTheOthersTookOver = (attempt: number): number => Math.min(15_000 * attempt, 60_000);
