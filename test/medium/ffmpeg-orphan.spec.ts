import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FfmpegTools, locateFfmpeg, packagingArgs } from '@app/ffmpeg';
import { isAlive } from '@app/platform';
import { ModuleKind, transpileModule } from 'typescript';

const SOURCE = join(__dirname, '../../libs/ffmpeg/src');

/** The wrapper as plain JavaScript, so that a process without Jest can be its parent. */
async function compileWrapper(folder: string): Promise<string> {
  for (const name of ['ffmpeg-process', 'input-watcher', 'line-ring', 'scrub']) {
    const text = await readFile(join(SOURCE, `${name}.ts`), 'utf8');
    await writeFile(
      join(folder, `${name}.js`),
      transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS } }).outputText,
    );
  }
  return join(folder, 'ffmpeg-process.js');
}

describe('an ffmpeg whose parent is killed', () => {
  let tools: FfmpegTools;
  let folder: string;
  beforeAll(async () => {
    tools = await locateFfmpeg({ path: process.env['PATH'] ?? '' });
    folder = await mkdtemp(join(tmpdir(), 'orphan-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('ends at once, also while it waits in silence for a camera', async () => {
    expect(tools.setpriv).toBeDefined();
    const camera = createServer((socket) => socket.on('error', () => socket.destroy()).resume());
    camera.listen(0, '127.0.0.1');
    await once(camera, 'listening');
    const url = `rtsp://127.0.0.1:${(camera.address() as AddressInfo).port}/cam`;
    const start = { tools, args: packagingArgs({ kind: 'url', url }, { video: 'copy', audio: 'copy' }), stdin: 'ignore' };
    const script = `
      const { FfmpegProcess } = require(${JSON.stringify(await compileWrapper(folder))});
      console.log(FfmpegProcess.start(${JSON.stringify(start)}).pid);
      setInterval(() => {}, 1000);`;
    const connected = once(camera, 'connection');
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    const [socket] = (await connected) as [NodeJS.EventEmitter];
    expect(isAlive(pid)).toBe(true);
    const hungUp = once(socket, 'close');
    const killedAt = performance.now();
    parent.kill('SIGKILL');
    await hungUp;
    // ffmpeg's own time limit would end it after five seconds.
    expect(performance.now() - killedAt).toBeLessThan(2_000);
    camera.close();
  });
});
