import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isAlive } from '@app/platform';
import { Slab } from './slab';

/** One pipe: `far` is given to a child as its stdout and closed here, `near` reads what the child writes. */
export interface OutputPipe {
  readonly near: Readable;
  readonly far: Socket;
}

const FOLDER = 'pollglass-pipes-';
const OF_PROCESS = /^pollglass-pipes-(\d+)-/;
/** Enough for as many children as start at the same moment. */
const READY = 16;
const READ_BYTES = 256 * 1024;
const HIGH_WATER_BYTES = 1024 * 1024;
/** A read of this much or more was not all: it goes on at once. */
const MORE_BYTES = 64 * 1024;
/** Between two reads of one pipe, milliseconds: as long as between two batches of what a child is fed. */
const REST_MS = 200;
/** Longer than this between asking and getting means that nothing was there when it was asked. */
const PROMPT_MS = 12;
/** So much later it is asked the next time, that the batch has been through the child by then. */
const LATER_MS = 25;

/** Calls `wake` once, in about so many milliseconds. */
export type PipeRest = (ms: number, wake: () => void) => void;

const ownTimer: PipeRest = (ms, wake) => void setTimeout(wake, ms);

/** One buffer takes all reads of this process: what was read is copied before the next. */
const buffer = new Uint8Array(READ_BYTES);

/**
 * Pipes whose reads need no memory of their own. Node hands out 64 KB for each read of a child's stdout, though a fragment has a few:
 * with 40 cameras 47 MB a second, for which the heap was collected nine times in twelve seconds, half of all a packager did. Only a
 * socket that we connect ourselves can read into a buffer of ours; so a few are connected ahead, for starting a child cannot wait.
 * Between two reads a pipe rests, and the kernel collects: a child writes a batch in several pieces, and each would wake us.
 */
export class OutputPipes {
  private readonly ready: OutputPipe[] = [];
  private directory: string | undefined;
  private filling: Promise<void> | undefined;
  private closed = false;
  private arrived: ((far: Socket) => void) | undefined;

  private readonly server = createServer({ pauseOnConnect: true }, (far) => this.arrived?.(far));

  /** @param onFailure told when no pipe could be made; children are started all the same. */
  constructor(
    private readonly onFailure: (error: unknown) => void,
    private readonly rest: PipeRest = ownTimer,
  ) {}

  async open(): Promise<void> {
    await removeLeftFolders();
    this.directory = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
    await once(this.server.listen(this.path), 'listening');
    this.server.unref();
    await this.fill();
  }

  /** Undefined when more were taken at once than were ready: an ordinary pipe does then. */
  take(): OutputPipe | undefined {
    const pipe = this.ready.pop();
    this.fill().catch(this.onFailure);
    return pipe;
  }

  /** Pipes in use stay open. */
  async close(): Promise<void> {
    this.closed = true;
    await this.filling?.catch(this.onFailure);
    for (const { near, far } of this.ready.splice(0)) {
      near.destroy();
      far.destroy();
    }
    this.server.close();
    if (this.directory) await rm(this.directory, { recursive: true, force: true });
  }

  /** Where the pipes are connected; nobody else may enter it. */
  get folder(): string {
    if (this.directory === undefined) throw new Error('The pipes are not open');
    return this.directory;
  }

  private get path(): string {
    return join(this.folder, 'pipe');
  }

  private fill(): Promise<void> {
    this.filling ??= this.connectMissing().finally(() => (this.filling = undefined));
    return this.filling;
  }

  /** One after another: this is how each end knows the other. */
  private async connectMissing(): Promise<void> {
    while (!this.closed && this.directory !== undefined && this.ready.length < READY) {
      const accepted = new Promise<Socket>((resolve) => (this.arrived = resolve));
      const near = await reading(this.path, this.rest);
      const far = await accepted;
      far.on('error', () => far.destroy());
      this.ready.push({ near, far });
    }
  }
}

/** Who was killed could not remove its own. */
async function removeLeftFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = OF_PROCESS.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

async function reading(path: string, rest: PipeRest): Promise<Readable> {
  const slab = new Slab();
  let wanted = false;
  let resting = false;
  let askedMs = 0;
  const ask = (): void => {
    if (!wanted || resting || readable.destroyed) return;
    askedMs = performance.now();
    socket.resume();
  };
  const wake = (): void => {
    resting = false;
    ask();
  };
  const readable = new Readable({
    highWaterMark: HIGH_WATER_BYTES,
    read: () => {
      wanted = true;
      ask();
    },
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  const onread = {
    buffer,
    callback: (length: number, bytes: Uint8Array): boolean => {
      const waitedMs = performance.now() - askedMs;
      const isAll = length < MORE_BYTES;
      resting = isAll;
      wanted = false;
      // May ask for more before it returns.
      if (readable.push(slab.keep(bytes.subarray(0, length)))) wanted = true;
      if (isAll) rest(waitedMs > PROMPT_MS ? REST_MS + LATER_MS : REST_MS, wake);
      return wanted && !isAll;
    },
  };
  const socket = connect({ path, onread });
  socket.once('end', () => readable.push(null));
  await once(socket, 'connect');
  socket.on('error', (error) => readable.destroy(error));
  return readable;
}
