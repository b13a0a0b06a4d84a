import { createServer } from 'node:net';
import type { Config } from '@app/config';
import { startTicksOf } from './process-identity';
import { type ProcessEntry, readProcessList } from './process-list';

/** Refuses, in words, what would otherwise fail half-way: a taken port, a data folder that is in use. */
export async function startProblems(config: Config): Promise<string[]> {
  const problems: string[] = [];
  const running = runningSupervisor(await readProcessList(config.dataDirectory));
  if (running) {
    return [
      `POLLGLASS_DATA ${config.dataDirectory} is in use by a running Pollglass (process ${running.pid}). Stop it, or give this one another folder.`,
    ];
  }
  if (!(await isFree(config.http.port, config.http.host)))
    problems.push(`PORT ${config.http.port} is already taken by another program.`);
  if (!(await isFree(config.rtmp.port, '0.0.0.0')))
    problems.push(`RTMP_PORT ${config.rtmp.port} is already taken by another program.`);
  return problems;
}

/** The supervisor of a process list, when it still runs. */
export function runningSupervisor(processes: readonly ProcessEntry[]): ProcessEntry | undefined {
  return processes.find((entry) => entry.name === 'supervisor' && isSame(entry));
}

/** Same pid and same start as the list says: after a crash, the pid alone may by now be anybody's. */
const isSame = (entry: ProcessEntry): boolean =>
  startTicksOf(entry.pid) !== undefined && startTicksOf(entry.pid) === entry.startTicks;

async function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
