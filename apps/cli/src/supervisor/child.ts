import { type ChildProcess, fork } from 'node:child_process';
import type { Logger } from '@app/platform';

export interface ChildPlan {
  /** As it appears in the process list: `api`, `packager-1`. */
  name: string;
  /** Compiled entry point. */
  script: string;
  args: string[];
  env: Record<string, string | undefined>;
  /** How long to wait before a lost one is started again: `attempt` counts from 1 and is forgotten after a quiet minute. */
  restartDelayMs: (attempt: number) => number;
}

type ChildState =
  | { kind: 'stopped' }
  | { kind: 'starting'; process: ChildProcess }
  | { kind: 'ready'; process: ChildProcess; since: number }
  | { kind: 'restarting'; timer: NodeJS.Timeout }
  | { kind: 'stopping' };

export interface ChildListener {
  started(name: string, pid: number): void;
  ready(name: string, pid: number, port: number | undefined): void;
  ended(name: string, pid: number): void;
}

const READY_TIMEOUT_MS = 60_000;
const QUIET_MS = 60_000;

/** One process of ours, started again whenever it is lost. */
export class Child {
  private state: ChildState = { kind: 'stopped' };
  private attempt = 0;

  constructor(
    private readonly plan: ChildPlan,
    private readonly logger: Logger,
    private readonly listener: ChildListener,
  ) {}

  /** @returns once it says it is ready. @throws when it ends before that, or takes too long. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = fork(this.plan.script, this.plan.args, {
        env: this.plan.env,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        // A group of its own: Ctrl-C reaches the supervisor, which then stops its children in order.
        detached: true,
      });
      this.state = { kind: 'starting', process: child };
      const timer = setTimeout(() => {
        reject(new Error(`${this.plan.name} was not ready within ${READY_TIMEOUT_MS / 1000} s`));
        child.kill('SIGKILL');
      }, READY_TIMEOUT_MS);
      child.once('error', reject);
      if (child.pid !== undefined) this.listener.started(this.plan.name, child.pid);
      child.on('message', (message: { ready?: boolean; port?: number }) => {
        if (!message.ready) return;
        clearTimeout(timer);
        this.state = { kind: 'ready', process: child, since: Date.now() };
        this.listener.ready(this.plan.name, child.pid as number, message.port);
        resolve();
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        if (child.pid !== undefined) this.listener.ended(this.plan.name, child.pid);
        reject(new Error(`${this.plan.name} ended while starting (${signal ?? `exit code ${code}`})`));
        this.onExit(signal ?? `exit code ${code}`);
      });
    });
  }

  /** Asks it to leave, and ends it when it does not within `graceMs`. Safe to call at any time, twice too. */
  async stop(graceMs: number): Promise<void> {
    const state = this.state;
    this.state = { kind: 'stopping' };
    if (state.kind === 'restarting') clearTimeout(state.timer);
    if (state.kind !== 'starting' && state.kind !== 'ready') return;
    const child = state.process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.logger.warn({ process: this.plan.name }, 'did not stop in time and was killed');
      child.kill('SIGKILL');
    }, graceMs);
    await gone;
    clearTimeout(timer);
  }

  private onExit(how: string): void {
    const state = this.state;
    if (state.kind === 'stopping' || state.kind === 'stopped') return;
    if (state.kind === 'ready' && Date.now() - state.since > QUIET_MS) this.attempt = 0;
    this.attempt += 1;
    const delayMs = this.plan.restartDelayMs(this.attempt);
    this.logger.error({ process: this.plan.name, how, againInMs: delayMs }, 'a process was lost and will be started again');
    const timer = setTimeout(() => {
      this.start().catch((error: unknown) => this.logger.error({ err: error }, 'a process could not be started again'));
    }, delayMs);
    this.state = { kind: 'restarting', timer };
  }
}
