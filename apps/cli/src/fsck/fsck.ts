import { type Config, loadConfig } from '@app/config';
import { createDatabase } from '@app/database';
import { SystemClock } from '@app/platform';
import { type Bucket, CameraUnknown, fsck as check, type FsckReport } from '@app/recordings';
import { mediaDirectoryOf, openFileStore, openRemoteStore, OtherMachines, recordedBytesOf, StoredChunks } from '@app/storage';
import { ArgumentError, type FsckArguments, parseFsckArguments } from './arguments';
import { accessDatabase } from '../database-access';
import { ProgressBar } from './progress-bar';
import { reportText } from './report-text';

/** 0: clean. 1: something was found. 2: bad arguments or settings. 3: the check could not be made. */
export type FsckExitCode = 0 | 1 | 2 | 3;

export interface FsckOutput {
  stdout: { write(text: string): unknown };
  stderr: { isTTY?: boolean; write(text: string): unknown };
}

/** `pollglass fsck`: is the recording whole? */
export async function fsck(
  args: readonly string[],
  env: Record<string, string | undefined>,
  { stdout, stderr }: FsckOutput,
): Promise<FsckExitCode> {
  let given: FsckArguments;
  let config: Config;
  try {
    given = parseFsckArguments(args);
    config = loadConfig(env);
  } catch (error) {
    stderr.write(`${messageOf(error)}\n`);
    return 2;
  }
  const bar = new ProgressBar(stderr, Date.now);
  try {
    const report = await untilStopped((signal) => inspect(given, config, bar, signal));
    bar.clear();
    stdout.write(given.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return report.clean ? 0 : 1;
  } catch (error) {
    bar.clear();
    stderr.write(`${describe(error)}\n`);
    return error instanceof CameraUnknown ? 2 : 3;
  }
}

async function inspect(given: FsckArguments, config: Config, bar: ProgressBar, signal: AbortSignal): Promise<FsckReport> {
  const database = await accessDatabase(config);
  try {
    // A broken idle connection is replaced; where that fails, the query tells.
    const db = createDatabase(database.url, { maxConnections: 2, onIdleError: () => undefined });
    const others = new OtherMachines(db, new SystemClock());
    try {
      return await check({
        db,
        mediaDirectory: mediaDirectoryOf(config),
        elsewhere: recordedBytesOf(config, new StoredChunks(db), others),
        bucket: bucketOf(config),
        cameraId: given.cameraId,
        period: given.period,
        repairIndex: given.repairIndex,
        nowMs: Date.now,
        onProgress: (progress) => bar.show(progress),
        signal,
      });
    } finally {
      others.onModuleDestroy();
      await db.destroy();
    }
  } finally {
    await database.release();
  }
}

function bucketOf(config: Config): Bucket | undefined {
  const { remote } = config;
  if (!remote) return undefined;
  return { footage: openRemoteStore(remote), archive: openRemoteStore(remote, 'archive'), files: openFileStore(config) };
}

/** Ctrl-C ends the check in order, so that a database that was started for it is stopped. */
async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Error('it was stopped'));
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    return await work(stopping.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** SQLSTATE of a table or column that is not there. */
const OLDER_SCHEMA = ['42P01', '42703'];

function describe(error: unknown): string {
  if (error instanceof CameraUnknown) return error.message;
  const hint = OLDER_SCHEMA.includes(String((error as { code?: unknown }).code))
    ? '\n  The database is of another version: start Pollglass once, or run pollglass prepare.'
    : '';
  return `The recording could not be checked: ${messageOf(error)}${hint}`;
}

function messageOf(error: unknown): string {
  if (error instanceof ArgumentError) return `fsck cannot be run:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}`;
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join(', ');
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n  because: ${messageOf(error.cause)}`;
}
