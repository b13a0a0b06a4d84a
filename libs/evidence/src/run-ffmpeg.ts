import { FfmpegProcess, type FfmpegTools } from '@app/ffmpeg';

/** Copying ten minutes takes well under a second; a disk that needs longer is not going to get better. */
const TIMEOUT_MS = 60_000;
const KILL_GRACE_MS = 500;

/** Runs ffmpeg on files, to its end. @throws Error when it fails or takes too long; the reason of the signal */
export async function runFfmpeg(
  tools: Pick<FfmpegTools, 'ffmpeg' | 'setpriv'>,
  args: string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const child = FfmpegProcess.start({ tools, args, stdin: 'ignore' });
  const end = (): void => void child.stop(KILL_GRACE_MS);
  const timer = setTimeout(end, TIMEOUT_MS);
  signal?.addEventListener('abort', end, { once: true });
  try {
    const exit = await child.exited;
    signal?.throwIfAborted();
    if (exit.code !== 0)
      throw new Error(`ffmpeg failed (${exit.spawnError ?? exit.signal ?? exit.code}): ${child.stderr.slice(-5).join(' | ')}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}
