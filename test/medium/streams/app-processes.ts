import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@app/platform';
import type { Rig } from './rig';

const DIST = join(__dirname, '..', '..', '..', 'dist', 'apps');

/** Compiled apps on the database and the folder of a rig, started as the supervisor does. */
export class AppProcesses {
  private readonly children = new Set<ChildProcess>();

  constructor(private readonly rig: Pick<Rig, 'url' | 'directory'>) {}

  /** @returns once it is ready. */
  async start(app: 'packager' | 'jobs', env: Record<string, string> = {}): Promise<ChildProcess> {
    const child = fork(join(DIST, app, 'src', 'main.js'), [], {
      env: {
        PATH: process.env['PATH'],
        FFMPEG_PATH: process.env['FFMPEG_PATH'],
        DATABASE_URL: this.rig.url,
        POLLGLASS_DATA: this.rig.directory,
        POLLGLASS_SECRET_KEY: '42'.repeat(32),
        POLLGLASS_BALLAST_MB: '0',
        RTMP_PORT: String(await freePort()),
        LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
        ...env,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    this.children.add(child);
    await once(child, 'message');
    return child;
  }

  async kill(child: ChildProcess): Promise<void> {
    this.children.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async killAll(): Promise<void> {
    for (const child of [...this.children]) await this.kill(child);
  }
}
