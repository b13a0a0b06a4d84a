import { type ChildProcessWithoutNullStreams, spawn, type StdioOptions } from 'node:child_process';
import { Readable, type Writable } from 'node:stream';
import { InputWatcher } from './input-watcher';
import { LineRing } from './line-ring';
import { type OutputPipe } from './output-pipes';
import { scrub } from './scrub';
import { type FfmpegTools, type InputCodecs, type ProcessExit } from './types';

export interface FfmpegStart {
  readonly tools: Pick<FfmpegTools, 'ffmpeg' | 'setpriv'>;
  readonly args: readonly string[];
  /** `pipe` gives `stdin`. `ignore` is /dev/null: use with `-nostdin`. */
  readonly stdin: 'ignore' | 'pipe';
  /** For its stdout; without it an ordinary one is made. */
  readonly pipe?: OutputPipe | undefined;
  /** Each line of stderr without its credentials. */
  readonly onLine?: (line: string) => void;
}

const STDERR_LINES = 200;
const STDERR_CHARS = 1_000;
/** How long stdout and stderr may stay open after the end (held by something else) before they are given up, in milliseconds. */
const DRAIN_MS = 250;
/** After KILL even a process in uninterruptible sleep is given up, in milliseconds. */
const KILL_WAIT_MS = 2_000;
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C', AV_LOG_FORCE_NOCOLOR: '1' };

/**
 * One life of one ffmpeg. It stays in our process group and dies with us however we end: a writing ffmpeg by EPIPE, one that
 * reads stdin by its end, and a silent one by the kernel (`setpriv --pdeathsig KILL`, where util-linux is there; elsewhere by
 * its own I/O timeout of a few seconds). The kernel watches the thread that started it: start ffmpeg from the main thread.
 */
export class FfmpegProcess {
  /** fMP4, one read for each fragment as a rule. Left unread it stops ffmpeg, never us. */
  readonly stdout: Readable;
  readonly stdin: Writable | null;
  /** Settles once, after the last line of stderr; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** What ffmpeg reads, known before the first byte of stdout; undefined when it ended without having opened its input. */
  readonly inputCodecs: Promise<InputCodecs | undefined>;
  private readonly log: LineRing;
  private readonly watcher = new InputWatcher();
  private readonly child: ChildProcessWithoutNullStreams | undefined;
  private stopping: Promise<ProcessExit> | undefined;
  private gone = false;

  /** Never throws: a program that cannot be started is a process that has already ended with `spawnError`. */
  static start(start: FfmpegStart): FfmpegProcess {
    return new FfmpegProcess(start);
  }

  private constructor(start: FfmpegStart) {
    let described!: (codecs: InputCodecs | undefined) => void;
    this.inputCodecs = new Promise((resolve) => (described = resolve));
    this.log = new LineRing(STDERR_LINES, STDERR_CHARS, (line) => {
      if (this.watcher.take(line)) described(this.watcher.codecs);
      start.onLine?.(scrub(line));
    });
    const spawned = trySpawn(start);
    this.child = spawned.child;
    this.stdout = start.pipe?.near ?? spawned.child?.stdout ?? Readable.from([]);
    // Ours only: the child's keeps the pipe open, and its end is the end of what we read.
    start.pipe?.far.destroy();
    this.stdin = start.stdin === 'pipe' ? (spawned.child?.stdin ?? null) : null;
    this.exited = (spawned.child ? this.follow(spawned.child) : Promise.resolve(spawned.exit)).then((exit) => {
      this.gone = true;
      this.log.end();
      this.watcher.finish();
      described(this.watcher.codecs);
      return exit;
    });
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The last 200 lines of stderr without their credentials. */
  get stderr(): readonly string[] {
    return this.log.lines.map(scrub);
  }

  /**
   * TERM, then KILL after `graceMs`. May be called often; the first call counts. Settles in `graceMs` + 2 s at the latest, with
   * code and signal null when the process could not be ended even so.
   */
  stop(graceMs: number): Promise<ProcessExit> {
    this.stopping ??= this.end(graceMs);
    return this.stopping;
  }

  private async end(graceMs: number): Promise<ProcessExit> {
    if (this.gone) return this.exited;
    this.child?.kill('SIGTERM');
    const polite = await within(this.exited, graceMs);
    if (polite) return polite;
    this.child?.kill('SIGKILL');
    const forced = await within(this.exited, KILL_WAIT_MS);
    return forced ?? { code: null, signal: null, spawnError: 'The process did not end after KILL.' };
  }

  private follow(child: ChildProcessWithoutNullStreams): Promise<ProcessExit> {
    // A write to an ffmpeg that has gone is no news: `exited` tells of it.
    child.stdin?.on('error', () => child.stdin.destroy());
    this.stdout.on('error', () => this.stdout.destroy());
    child.stderr.on('error', () => child.stderr.destroy());
    child.stderr.on('data', (bytes: Buffer) => this.log.push(bytes));
    return new Promise((resolve) => {
      child.once('error', (error) => {
        if (child.pid === undefined) resolve({ code: null, signal: null, spawnError: error.message });
      });
      child.once('exit', (code, signal) => {
        const drained = () => {
          clearTimeout(timer);
          child.stderr.removeAllListeners('data').destroy();
          resolve({ code, signal });
        };
        const timer = setTimeout(drained, DRAIN_MS);
        if (child.stderr.readableEnded) drained();
        else child.stderr.once('end', drained);
      });
    });
  }
}

type Spawned = { readonly child: ChildProcessWithoutNullStreams } | { readonly child: undefined; readonly exit: ProcessExit };

function trySpawn({ tools, args, stdin, pipe }: FfmpegStart): Spawned {
  const [command, argv] = tools.setpriv
    ? [tools.setpriv, ['--pdeathsig', 'KILL', '--', tools.ffmpeg, ...args]]
    : [tools.ffmpeg, [...args]];
  try {
    const stdio: StdioOptions = [stdin, pipe?.far ?? 'pipe', 'pipe'];
    const child = spawn(command, argv, { stdio, env: ENVIRONMENT, shell: false, windowsHide: true });
    return { child: child as ChildProcessWithoutNullStreams };
  } catch (error) {
    // Refused before a process was tried, for example for a NUL in an argument. The message of Node quotes the argument.
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { child: undefined, exit: { code: null, signal: null, spawnError: `The process could not be started (${reason}).` } };
  }
}

function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
