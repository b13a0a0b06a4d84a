import type { Credentials } from './digest';
import type { MediaFormat, MediaSample, MediaSource } from './media';
import type { Garbage, RtspPlayer } from './rtsp-player';
import { sdpOf } from './sdp';

export interface StreamStats {
  /** Clients that play now. */
  clients: number;
  /** Clients that ever started to play. */
  plays: number;
  bytes: number;
}

/** One path of the server: what it sends, to whom, and the faults it has been told to show. */
export class RtspStream {
  private readonly players = new Map<RtspPlayer, NodeJS.Timeout | undefined>();
  private unsubscribe: (() => void) | undefined;
  private plays = 0;
  private bytesOfFormer = 0;
  private lastMs: number | undefined;
  private shiftMs = 0;
  private aheadMs = 0;
  private joinSources = false;
  private frozen = false;
  private keyFramesWithheld = false;
  private onlySound = false;
  private spoiled: Garbage = 'none';
  private dropAfterMs: number | undefined;

  constructor(
    readonly path: string,
    private source: MediaSource,
    readonly credentials: Credentials | undefined,
  ) {}

  get format(): MediaFormat {
    return this.source.format;
  }

  get stats(): StreamStats {
    const playing = [...this.players.keys()];
    const bytes = playing.reduce((sum, player) => sum + player.bytesSent, this.bytesOfFormer);
    return { clients: playing.length, plays: this.plays, bytes };
  }

  describe(): string {
    return sdpOf(this.format, { audioOnly: this.onlySound });
  }

  hasVideo(): boolean {
    return !this.onlySound;
  }

  attach(player: RtspPlayer): void {
    this.plays += 1;
    this.players.set(player, this.dropTimer(player));
    this.unsubscribe ??= this.source.subscribe((samples) => this.pass(samples));
  }

  detach(player: RtspPlayer): void {
    if (!this.players.has(player)) return;
    clearTimeout(this.players.get(player));
    this.players.delete(player);
    this.bytesOfFormer += player.bytesSent;
    if (this.players.size > 0) return;
    this.unsubscribe?.();
    this.unsubscribe = undefined;
  }

  /** Clients stay connected and get nothing more. */
  freeze(): void {
    this.frozen = true;
  }

  /** Ends `freeze`: goes on at a key frame, with the clock where it would have been. */
  resume(): void {
    this.frozen = false;
    for (const player of this.players.keys()) player.restart();
  }

  /** Cuts the connections of all clients. */
  drop(): void {
    for (const player of [...this.players.keys()]) player.close();
  }

  /** Cuts every client off `ms` after it started to play; undefined ends that. */
  dropEvery(ms: number | undefined): void {
    this.dropAfterMs = ms;
    for (const [player, timer] of this.players) {
      clearTimeout(timer);
      this.players.set(player, this.dropTimer(player));
    }
  }

  /** Moves the camera's clock, its sender reports included. Negative: back. */
  jumpTimestamps(seconds: number): void {
    this.shiftMs += seconds * 1000;
  }

  /** Sets the clock of the sender reports, as somebody sets a camera's: the media do not jump. Negative: slow. */
  setClock(aheadSeconds: number): void {
    this.aheadMs = aheadSeconds * 1000;
  }

  /** Holds key frames and parameter sets in the stream back; the other pictures go out. */
  withoutKeyFrames(on = true): void {
    this.keyFramesWithheld = on;
  }

  /** `payload`: well-formed packets of random bytes. `raw`: random bytes where packets should be. */
  garbage(kind: Garbage): void {
    this.spoiled = kind;
  }

  /** Describes and sends no picture. */
  audioOnly(on = true): void {
    this.onlySound = on;
  }

  /** Goes on with another source (another size, say) without a break of connection or clock. Same codecs. */
  changeSource(source: MediaSource): void {
    this.source = source;
    this.joinSources = true;
    for (const player of this.players.keys()) player.restart();
    if (!this.unsubscribe) return;
    this.unsubscribe();
    this.unsubscribe = source.subscribe((samples) => this.pass(samples));
  }

  close(): void {
    this.drop();
    this.unsubscribe?.();
    this.unsubscribe = undefined;
  }

  private dropTimer(player: RtspPlayer): NodeJS.Timeout | undefined {
    return this.dropAfterMs === undefined ? undefined : setTimeout(() => player.close(), this.dropAfterMs);
  }

  private pass(samples: MediaSample[]): void {
    const sent = samples.filter((sample) => this.isSent(sample)).map((sample) => this.retimed(sample));
    if (this.frozen || sent.length === 0) return;
    const options = { garbage: this.spoiled, startAnywhere: this.keyFramesWithheld || this.onlySound, aheadMs: this.aheadMs };
    for (const player of this.players.keys()) player.deliver(sent, this.format, options);
  }

  private isSent(sample: MediaSample): boolean {
    if (sample.kind === 'audio') return true;
    return !this.onlySound && !(this.keyFramesWithheld && sample.key);
  }

  private retimed(sample: MediaSample): MediaSample {
    if (this.joinSources && this.lastMs !== undefined) this.shiftMs = this.lastMs + 1000 / this.format.video.fps - sample.timeMs;
    this.joinSources = false;
    this.lastMs = sample.timeMs + this.shiftMs;
    return { ...sample, timeMs: this.lastMs };
  }
}
