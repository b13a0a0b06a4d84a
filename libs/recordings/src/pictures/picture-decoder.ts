import { setPriority } from 'node:os';
import { FfmpegProcess, type FfmpegTools } from '@app/ffmpeg';

export interface Picture {
  jpeg: Buffer;
}

const MAX_MS = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;
const NICENESS = 15;
const QUIET = ['-hide_banner', '-nostats', '-loglevel', 'level+error'];

/** What ffmpeg is to make of its standard input. */
export interface FfmpegWork {
  /** All arguments but those that keep it quiet. */
  args: readonly string[];
  input: readonly Buffer[];
  /** Nobody waits for it: it gets what the processor has left. */
  isIdle?: boolean;
}

/** @returns all that it wrote. @throws Error when it failed, took too long, or wrote too much */
export async function runFfmpeg(
  tools: Pick<FfmpegTools, 'ffmpeg' | 'setpriv'>,
  { args, input, isIdle }: FfmpegWork,
): Promise<Buffer> {
  const ffmpeg = FfmpegProcess.start({ tools, args: [...QUIET, ...args], stdin: 'pipe' });
  if (isIdle) yieldTo(ffmpeg.pid);
  const timer = setTimeout(() => void ffmpeg.stop(0), MAX_MS);
  try {
    const written = read(ffmpeg);
    for (const chunk of input) ffmpeg.stdin?.write(chunk);
    ffmpeg.stdin?.end();
    const { code, signal, spawnError } = await ffmpeg.exited;
    const output = await written;
    if (code === 0 && output) return output;
    const reason = output ? (spawnError ?? signal ?? code) : 'too much output';
    throw new Error(`ffmpeg failed (${reason}): ${ffmpeg.stderr.slice(-5).join(' | ')}`);
  } finally {
    clearTimeout(timer);
  }
}

function read(ffmpeg: FfmpegProcess): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  ffmpeg.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BYTES) chunks.push(chunk);
  });
  return new Promise((resolve) =>
    ffmpeg.stdout.once('close', () => resolve(length <= MAX_BYTES ? Buffer.concat(chunks) : undefined)),
  );
}

function yieldTo(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS);
  } catch (error) {
    // It has ended already; its exit tells why.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
  }
}
