import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { FfmpegProcess } from './ffmpeg-process';
import { OutputPipes } from './output-pipes';

/** A shell stands in for ffmpeg: what is tested is the pipe. */
const start = (script: string, pipes: OutputPipes) =>
  FfmpegProcess.start({
    tools: { ffmpeg: '/bin/sh', setpriv: undefined },
    args: ['-c', script],
    stdin: 'ignore',
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

async function untilTaken(pipes: OutputPipes) {
  for (;;) {
    const pipe = pipes.take();
    if (pipe) return pipe;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
