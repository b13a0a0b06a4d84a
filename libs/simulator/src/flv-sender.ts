import { setTimeout as wait } from 'node:timers/promises';
import { FedFfmpeg, type Tools } from './child';
import { flvSample, flvStart } from './flv';
import type { MediaSample, MediaSource } from './media';

export interface FlvSenderOptions {
  tools: Tools;
  source: MediaSource;
  /** Where ffmpeg copies to: format and address. */
  output: string[];
  /** Asked after a refused connection, so that no process is started for an address where nobody listens. */
  reachable?: () => Promise<boolean>;
  /** Milliseconds between tries: the first after a success, growing to the last while they fail. */
  retryMs: { first: number; last: number };
}

/** A try that lasted this long counts as a success. */
const SUCCESS_MS = 5000;
/** What ffmpeg needs to see before it opens its output. Whoever is then connected gets this much in a burst. */
const PROBE_MS = 1000;
/** A child that leaves this much unread is stuck; what is due then is left out instead of piling up. */
const MOST_QUEUED_BYTES = 512 * 1024;

/**
 * Hands a source to an ffmpeg that only copies, and starts another one whenever it ends. We pace the media, not ffmpeg:
 * so the times go on evenly over the seam of a loop, a batch of pictures costs one read, and a child whose parent is
 * gone sees its input end.
 */
export class FlvSender {
  private stopping = new AbortController();
  private running: Promise<void> | undefined;
  private child: FedFfmpeg | undefined;
  private frozen = false;
  private lives = 0;
  private lastReason = '';

  constructor(private readonly options: FlvSenderOptions) {}

  /** How many ffmpeg were started, whether one sends now, and what the last one said when it ended. */
  get stats(): { starts: number; running: boolean; lastEnd: string } {
    return { starts: this.lives, running: this.child !== undefined, lastEnd: this.lastReason };
  }

  start(): void {
    this.stopping = new AbortController();
    this.running ??= this.keepGoing();
  }

  /** Resolves when no child is left. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.child?.stop();
    await this.running;
    this.running = undefined;
  }

  /** Stays connected and sends nothing, until `resume`. */
  freeze(): void {
    this.frozen = true;
  }

  resume(): void {
    this.frozen = false;
  }

  /** Cuts the connection; it is tried again as after any loss. */
  async drop(): Promise<void> {
    await this.child?.stop();
  }

  private async keepGoing(): Promise<void> {
    const { signal } = this.stopping;
    const { first, last } = this.options.retryMs;
    let delayMs = first;
    while (!signal.aborted) {
      const startedMs = performance.now();
      await this.live();
      delayMs = performance.now() - startedMs > SUCCESS_MS ? first : Math.min(delayMs * 1.5, last);
      await pause(delayMs, signal);
      await this.untilReachable(signal);
    }
  }

  private async untilReachable(signal: AbortSignal): Promise<void> {
    const { reachable, retryMs } = this.options;
    if (!reachable || !this.lastReason.includes('Connection refused')) return;
    while (!signal.aborted && !(await reachable())) await pause(retryMs.first, signal);
  }

  private async live(): Promise<void> {
    const { tools, source, output } = this.options;
    // (`-fflags nobuffer` would throw away what was read while probing: all pictures after the first key frame.)
    const input = ['-fpsprobesize', '0', '-probesize', '32768', '-analyzeduration', '100000', '-f', 'flv', '-i', 'pipe:0'];
    const child = new FedFfmpeg(tools, [...input, '-map', '0', '-c', 'copy', ...output], 'info');
    this.child = child;
    this.lives += 1;
    const feed = new FlvFeed(child, source);
    void child.opened.then(() => feed.outputOpened());
    const unsubscribe = source.subscribe((samples) => {
      if (this.frozen) feed.holdBack();
      else feed.pass(samples);
    });
    const { reason } = await child.ended;
    unsubscribe();
    this.lastReason = reason;
    this.child = undefined;
  }
}

/**
 * The media of one child: starts at a key frame at time 0. While the child reads nothing (a listener nobody calls) its
 * clock stands still, so that the times have no gap; while the camera is frozen its clock runs on, as a real one's.
 */
class FlvFeed {
  private startMs: number | undefined;
  private lastMs = 0;
  private opened = false;
  private skipping: 'nothing' | 'to-key-frame' | 'until-read' = 'until-read';

  constructor(
    private readonly child: FedFfmpeg,
    private readonly source: MediaSource,
  ) {
    child.write(flvStart(source.format));
  }

  outputOpened(): void {
    this.opened = true;
  }

  holdBack(): void {
    if (this.skipping === 'nothing') this.skipping = 'to-key-frame';
  }

  pass(samples: MediaSample[]): void {
    if (this.isStuck()) this.skipping = 'until-read';
    else this.write(this.skipping === 'nothing' ? samples : this.fromKeyFrame(samples));
  }

  private isStuck(): boolean {
    if (!this.opened && this.lastMs >= PROBE_MS) return true;
    return this.child.queuedBytes > MOST_QUEUED_BYTES;
  }

  private fromKeyFrame(samples: MediaSample[]): MediaSample[] {
    const first = samples.findIndex((sample) => sample.kind === 'video' && sample.key);
    const sample = samples[first];
    if (!sample) return [];
    if (this.startMs === undefined) this.startMs = sample.timeMs;
    else if (this.skipping === 'until-read') this.startMs = sample.timeMs - this.lastMs - 1000 / this.source.format.video.fps;
    this.skipping = 'nothing';
    return samples.slice(first);
  }

  private write(samples: MediaSample[]): void {
    if (samples.length === 0) return;
    const tags = samples.map((sample) => {
      const timeMs = sample.timeMs - (this.startMs ?? 0);
      this.lastMs = Math.max(this.lastMs, timeMs);
      return flvSample(sample, timeMs, this.source.format.audio);
    });
    this.child.write(Buffer.concat(tags));
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // The signal only ends the wait early.
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
