import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '@app/platform';

const FAST_SHUTDOWN_MS = 10_000;

/**
 * Ends a PostgreSQL that still runs on `data` because its supervisor was killed. Left alone it would keep the
 * folder locked. Nothing happens when none runs.
 */
export async function endOrphan(data: string): Promise<void> {
  const pid = await pidOfPostmaster(data);
  if (pid === undefined) return;
  if (await runsOn(pid, data)) {
    process.kill(pid, 'SIGINT');
    if (!(await waitForEnd(pid, FAST_SHUTDOWN_MS))) process.kill(pid, 'SIGQUIT');
    await waitForEnd(pid, FAST_SHUTDOWN_MS);
  }
  await rm(join(data, 'postmaster.pid'), { force: true });
}

async function pidOfPostmaster(data: string): Promise<number | undefined> {
  try {
    const [first] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    return Number(first);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The number may by now belong to somebody else's process: PostgreSQL works inside its data folder. */
async function runsOn(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === data;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function waitForEnd(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(50);
  }
  return true;
}
