import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '@app/platform';

export interface TestRedis {
  url: string;
  pid: number;
  port: number;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Comes up again on the same port and files. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Redis of this test's own, with AOF as in production. */
export async function startRedis(): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'pollglass-redis-'));
  const port = await freePort();
  let child = await launch(port, directory);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid as number;
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      child = await launch(port, directory);
    },
    stop: async () => {
      await end('SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, directory: string) {
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--appendonly',
    'yes',
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error('redis-server is not installed', { cause })));
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    lines.on('line', (line) => line.includes('Ready to accept connections') && resolve());
  });
  return child;
}
