import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FfmpegProcess } from './ffmpeg-process';
import { OutputPipes } from './output-pipes';

/** A shell stands in for ffmpeg: what is tested is the pipe. */
const start = (script: string, pipes: OutputPipes, stdin: 'ignore' | 'pipe' = 'ignore') =>
  FfmpegProcess.start({
    tools: { ffmpeg: '/bin/sh', setpriv: undefined },
    args: ['-c', script],
    stdin,
    pipe: pipes.take(),
  });

async function read(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('OutputPipes', () => {
  let pipes: OutputPipes;
  let tell: (error: unknown) => void;

  beforeEach(async () => {
    tell = (error) => {
      throw error;
    };
    pipes = new OutputPipes((error) => tell(error));
    await pipes.open();
  });

  afterEach(() => pipes.close());

  it('removes what a process that was killed left behind, and nothing of one that runs', async () => {
    const gone = spawn('/bin/true');
    await once(gone, 'exit');
    const left = await mkdtemp(join(tmpdir(), `pollglass-pipes-${gone.pid}-`));
    const other = new OutputPipes((error) => tell(error));
    await other.open();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(pipes.folder)).toBe(true);
    await other.close();
  });

  it('brings every byte of every child to its own reader, to the end', async () => {
    const children = Array.from({ length: 20 }, (_, index) => start(`yes ${index} | head -c 300000; echo end`, pipes));
    const outputs = await Promise.all(children.map((child) => read(child.stdout)));
    outputs.forEach((output, index) => {
      const line = `${index}\n`;
      expect(output.toString('latin1')).toBe(line.repeat(300_000 / line.length + 1).slice(0, 300_000) + 'end\n');
    });
  });

  it('holds the child back while nobody reads, and loses nothing', async () => {
    const child = start('head -c 8000000 /dev/zero; echo done >&2', pipes);
    await once(child.stdout, 'readable');
    await new Promise((resolve) => setImmediate(resolve));
    expect(child.stderr).toEqual([]);
    const hash = createHash('sha256');
    let length = 0;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      hash.update(chunk);
      length += chunk.length;
    }
    expect(length).toBe(8_000_000);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(Buffer.alloc(8_000_000)).digest('hex'));
    expect(await child.exited).toEqual({ code: 0, signal: null });
  });

  it('lets a child die of its closed output', async () => {
    const child = start('trap "" TERM; while echo more; do :; done', pipes);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    // By SIGPIPE, or of a failed echo where the signal is ignored.
    expect((await child.exited).spawnError).toBeUndefined();
  });

  it('rests after each read until it is woken, and then reads at once all that came meanwhile', async () => {
    const resting: (() => void)[] = [];
    let tellRest = (): void => undefined;
    const rests = (): Promise<void> => new Promise((resolve) => (tellRest = resolve));
    const rested = new OutputPipes(tell, (_, wake) => {
      resting.push(wake);
      tellRest();
    });
    await rested.open();
    try {
      let first = rests();
      const child = start('echo one; read go; echo two; echo three; echo told >&2; read end', rested, 'pipe');
      const chunks: string[] = [];
      const ended = once(child.stdout, 'end');
      child.stdout.on('data', (bytes: Buffer) => chunks.push(bytes.toString()));
      await first;
      child.stdin?.write('go\n');
      await until(() => child.stderr.includes('told'));
      expect(chunks).toEqual(['one\n']);
      first = rests();
      resting.shift()?.();
      await first;
      expect(chunks).toEqual(['one\n', 'two\nthree\n']);
      child.stdin?.end();
      resting.shift()?.();
      await ended;
    } finally {
      await rested.close();
    }
  });

  it('does not rest while there is more than a little', async () => {
    const rested = new OutputPipes(tell, () => undefined);
    await rested.open();
    try {
      const child = start('head -c 150000 /dev/zero; echo told >&2; read go; echo more; read end', rested, 'pipe');
      // All of it waits before the first read.
      await until(() => child.stderr.includes('told'));
      let length = 0;
      const more = new Promise<void>((resolve) => {
        child.stdout.on('data', (bytes: Buffer) => {
          length += bytes.length;
          if (length === 150_000) child.stdin?.write('go\n');
          if (length === 150_005) resolve();
        });
      });
      await more;
      child.stdin?.end();
      child.stdout.destroy();
      await child.exited;
    } finally {
      await rested.close();
    }
  });

  it('gives nothing when more are taken than are ready, and has some again later', async () => {
    const taken = Array.from({ length: 40 }, () => pipes.take());
    expect(taken.at(-1)).toBeUndefined();
    const child = start('echo ordinary', new OutputPipes(() => undefined));
    expect((await read(child.stdout)).toString()).toBe('ordinary\n');
    for (const pipe of taken) [pipe?.near, pipe?.far].forEach((end) => end?.destroy());
    const more = await untilTaken(pipes);
    [more.near, more.far].forEach((end) => end.destroy());
  });

  it('tells when no more pipes can be made, and gives those it has', async () => {
    await rm(pipes.folder, { recursive: true });
    const told = new Promise((resolve) => (tell = resolve));
    const child = start('echo still', pipes);
    expect(await told).toMatchObject({ code: 'ENOENT' });
    expect((await read(child.stdout)).toString()).toBe('still\n');
  });

  it('leaves nothing behind', async () => {
    const { folder } = pipes;
    await pipes.close();
    expect(existsSync(folder)).toBe(false);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

async function untilTaken(pipes: OutputPipes) {
  for (;;) {
    const pipe = pipes.take();
    if (pipe) return pipe;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
