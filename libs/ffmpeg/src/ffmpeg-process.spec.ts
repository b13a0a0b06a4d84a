import { once } from 'node:events';
import { FfmpegProcess } from './ffmpeg-process';

/** A shell stands in for ffmpeg: what is tested is the wrapper. */
const start = (script: string, stdin: 'ignore' | 'pipe' = 'ignore') =>
  FfmpegProcess.start({ tools: { ffmpeg: '/bin/sh', setpriv: undefined }, args: ['-c', script], stdin });

describe('FfmpegProcess', () => {
  it('tells how the process ended and what it said last', async () => {
    const process = start('echo "[error] rtsp://op:s3cret@10.0.0.9/cam: refused" >&2; exit 3');
    process.stdout.resume();
    expect(await process.exited).toEqual({ code: 3, signal: null });
    expect(process.stderr).toEqual(['[error] rtsp://10.0.0.9/cam: refused']);
    expect(await process.inputCodecs).toBeUndefined();
  });

  it('keeps no more than 200 lines', async () => {
    const process = start('i=0; while [ $i -lt 500 ]; do echo "line $i" >&2; i=$((i+1)); done');
    await process.exited;
    expect(process.stderr).toHaveLength(200);
    expect(process.stderr.at(-1)).toBe('line 499');
  });

  it('ends although nobody reads stdout and something else holds stderr', async () => {
    const process = start('head -c 1000 /dev/zero; sleep 1 & exit 0');
    expect(await process.exited).toEqual({ code: 0, signal: null });
  });

  it.each([
    ['a program that does not exist', '/nowhere/ffmpeg', ['-version'], 'ENOENT'],
    ['an argument no system takes', '/bin/sh', ['a\0b'], 'ERR_INVALID_ARG_VALUE'],
  ])('is over at once for %s', async (_, ffmpeg, args, reason) => {
    const process = FfmpegProcess.start({ tools: { ffmpeg, setpriv: undefined }, args, stdin: 'pipe' });
    process.stdin?.write('media');
    const exit = await process.exited;
    expect(exit).toMatchObject({ code: null, signal: null });
    expect(exit.spawnError).toContain(reason);
    expect(await process.stop(10)).toEqual(exit);
  });

  it('stops politely, and twice is once', async () => {
    const process = start('trap "exit 7" TERM; echo ready; while :; do sleep 0.01; done');
    await once(process.stdout, 'data');
    const [first, second] = await Promise.all([process.stop(5_000), process.stop(1)]);
    expect(first).toEqual({ code: 7, signal: null });
    expect(second).toEqual(first);
  });

  it('kills what does not stop', async () => {
    const process = start('trap "" TERM; echo ready; while :; do sleep 0.01; done');
    await once(process.stdout, 'data');
    expect(await process.stop(20)).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('survives writing to a process that has gone', async () => {
    const process = start('exec <&-; echo closed; sleep 0.05', 'pipe');
    await once(process.stdout, 'data');
    process.stdin!.write(Buffer.alloc(1 << 20));
    expect(await process.exited).toEqual({ code: 0, signal: null });
  });

  it('gives the child a minimal environment', async () => {
    const process = start('env');
    let printed = '';
    process.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    await once(process.stdout, 'end');
    const names = printed.split('\n').flatMap((line) => line.split('=', 1)[0] || []);
    expect(names.filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name)).sort()).toEqual([
      'AV_LOG_FORCE_NOCOLOR',
      'LANG',
      'PATH',
    ]);
  });
});
