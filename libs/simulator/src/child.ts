import type { Readable } from 'node:stream';
import { FfmpegProcess, type FfmpegTools } from '@app/ffmpeg';

/** What the simulator needs of ffmpeg: the program, and where it is there, the means to end it with its parent. */
export type Tools = Pick<FfmpegTools, 'ffmpeg' | 'setpriv'>;

export interface ChildEnd {
  code: number | null;
  /** The last thing ffmpeg said, or why it could not be started. */
  reason: string;
}

const GRACE_MS = 2000;

/** An ffmpeg that is fed through its standard input. */
export class FedFfmpeg {
  readonly stdout: Readable;
  /** Settles when the child has ended, whatever the reason; never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Resolves when ffmpeg has opened its output: for a listener, when a caller has come. Needs the log level `info`. */
  readonly opened: Promise<void>;
  private readonly process: FfmpegProcess;

  constructor(tools: Tools, args: string[], logLevel: 'error' | 'info') {
    let open!: () => void;
    this.opened = new Promise((resolve) => (open = resolve));
    this.process = FfmpegProcess.start({
      tools,
      args: ['-hide_banner', '-nostats', '-loglevel', logLevel, ...args],
      stdin: 'pipe',
      onLine: (line) => {
        if (line.startsWith('Output #0')) open();
      },
    });
    this.stdout = this.process.stdout;
    this.ended = this.process.exited.then(({ code, spawnError }) => ({
      code,
      reason: spawnError ?? this.process.stderr.at(-1) ?? '',
    }));
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get writable(): boolean {
    return this.process.stdin?.writable === true;
  }

  /** Bytes that the pipe to the child did not take yet. */
  get queuedBytes(): number {
    return this.process.stdin?.writableLength ?? 0;
  }

  write(bytes: Buffer): void {
    if (this.writable) this.process.stdin?.write(bytes);
  }

  /** Resolves when the pipe has taken the bytes, so that their buffer may be used again, or the child has ended. */
  async writeWhole(bytes: Buffer): Promise<void> {
    const taken = new Promise<void>((resolve) => {
      if (this.writable) this.process.stdin?.write(bytes, () => resolve());
      else resolve();
    });
    await Promise.race([taken, this.ended]);
  }

  endInput(): void {
    this.process.stdin?.end();
  }

  /** Asks, then kills; resolves when the child is gone. */
  async stop(): Promise<void> {
    await this.process.stop(GRACE_MS);
  }
}
