import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { freePort } from '@app/platform';
import { dataLocation } from './data-location';
import { postgresBinaries } from './locations';
import { addressOf, DATABASE, isMade, passwordFileOf, readPassword, SUPERUSER } from './database-files';
import { endOrphan } from './postmaster';
import { type SystemAccount, unprivilegedAccount } from './system-account';

const run = promisify(execFile);
const READY = 'database system is ready to accept connections';
const START_TIMEOUT_MS = 60_000;
const KEEP_LINES = 50;
/** All that initdb needs to find a shell; nothing of our own environment is PostgreSQL's business. */
const SYSTEM_PATH = '/usr/bin:/bin';

export interface PostgresServerOptions {
  /** Folder of its files; made when it is not there. */
  directory: string;
  /** false: no fsync. For tests, whose data nobody misses. */
  durable: boolean;
  /** Take this port again instead of any free one. */
  port?: number;
}

/** A running PostgreSQL of ours. */
export interface PostgresServer {
  url: string;
  port: number;
  pid: number;
  /** Settles when the server process is gone, whoever ended it. */
  exited: Promise<void>;
  /** Fast shutdown: connections are closed, data is flushed. Calling it again is harmless. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL from the binaries that npm installed: on loopback only, no Unix socket, a random password.
 * @throws with the last lines PostgreSQL wrote when it does not come up.
 */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const account = await unprivilegedAccount();
  const binaries = await postgresBinaries(account);
  const home = await dataLocation(options.directory, account);
  const data = join(home, 'data');
  const password = await initialise(binaries, home, data, account, options.durable);
  await endOrphan(data);
  const port = options.port ?? (await freePort());
  const child = spawn(join(binaries, 'bin', 'postgres'), serverArgs(data, port, options.durable), {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C on the terminal must not end the database before those who write to it.
    detached: true,
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  await untilReady(child);
  return serverOf(child, port, password);
}

function serverArgs(data: string, port: number, durable: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '64MB',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** @returns the password of the database, made at the first start. */
async function initialise(
  binaries: string,
  home: string,
  data: string,
  account: SystemAccount | undefined,
  durable: boolean,
): Promise<string> {
  const passwordFile = passwordFileOf(home);
  if (await isMade(home)) return await readPassword(home);

  // Made beside and renamed: a start that was killed half-way leaves nothing that looks like a database.
  const unfinished = join(home, 'data.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await rm(data, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) for (const path of [unfinished, passwordFile]) await chown(path, account.uid, account.gid);
  await run(
    join(binaries, 'bin', 'initdb'),
    [
      '-D',
      unfinished,
      '-U',
      SUPERUSER,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ],
    { cwd: home, env: { PATH: SYSTEM_PATH, LC_ALL: 'C.UTF-8' }, ...(account && { uid: account.uid, gid: account.gid }) },
  );
  await createOwnDatabase(binaries, unfinished, home, account);
  await rename(unfinished, data);
  return password;
}

/** Single-user mode: no server has to be up for it. */
async function createOwnDatabase(
  binaries: string,
  data: string,
  home: string,
  account: SystemAccount | undefined,
): Promise<void> {
  const child = spawn(join(binaries, 'bin', 'postgres'), ['--single', '-D', data, 'postgres'], {
    cwd: home,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C.UTF-8' },
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4_000)));
  child.stdin.end(`create database ${DATABASE};\n`);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The embedded database could not be created: ${complaint}`);
}

async function untilReady(child: ChildProcess & { stderr: NonNullable<ChildProcess['stderr']> }): Promise<void> {
  const lines: string[] = [];
  const reader = createInterface(child.stderr);
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string, cause?: unknown): void =>
      reject(new Error(`The embedded PostgreSQL ${what}:\n${lines.join('\n')}`, { cause }));
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      fail(`did not come up within ${START_TIMEOUT_MS / 1000} s`);
    }, START_TIMEOUT_MS);
    child.once('error', (error) => fail('could not be started', error));
    child.once('exit', () => fail('ended while starting'));
    reader.on('line', (line) => {
      // Read for as long as it lives, so that the pipe never fills; only the newest lines are kept.
      lines.push(line);
      if (lines.length > KEEP_LINES) lines.shift();
      if (!line.includes(READY)) return;
      clearTimeout(timer);
      child.removeAllListeners('exit').removeAllListeners('error');
      resolve();
    });
  });
}

function serverOf(child: ChildProcess, port: number, password: string): PostgresServer {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: addressOf(port, password),
    port,
    pid: child.pid as number,
    exited,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await exited;
    },
  };
}

/** Address of a server that another process of ours runs on `directory`. @throws when there is no database in it */
export async function runningServerUrl(directory: string, port: number): Promise<string> {
  return addressOf(port, await readPassword(await dataLocation(directory, await unprivilegedAccount())));
}

/** Whether a server was ever started on `directory`. */
export async function databaseIsMade(directory: string): Promise<boolean> {
  return await isMade(await dataLocation(directory, await unprivilegedAccount()));
}
