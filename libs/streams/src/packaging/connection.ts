import type { FaultCode } from '@app/contracts';
import { type Fault, type InputCodecs, type PackagingInput, type PackagingPlan, planFits } from '@app/ffmpeg';
import { FragmentParser, MediaInvalid, type MediaPiece } from '@app/hls';
import type { SenderClock } from '@app/rtsp';
import { LeaseNotHeld } from '../lease/lease';
import { ComplaintMeter } from './complaint-meter';
import { ListeningClock } from './listening-clock';
import type { ConnectionInput, FeedFault, MediaFeed } from './media-feed';
import type { MediaIntake } from './media-intake';
import { PackagingFault } from './packaging-fault';
import type { MediaProcess, MediaTools } from './packaging-ports';
import { Serial } from './serial';
import { Watchdog } from './watchdog';

const STOP_GRACE_MS = 1_000;

export interface ConnectionEnd extends FeedFault {
  /** What the input was seen to be, for the plan of the next connection. */
  codecs: InputCodecs | undefined;
}

/** Told of what a connection finds out while it lasts. */
export interface ConnectionListener {
  /** Nothing to show comes, though the connection stands. */
  onFault(fault: FaultCode): void;
  onBytes(bytes: number): void;
}

/**
 * One connection to a camera: one life of ffmpeg, from its start to the reason of its end. Ends by itself, when the watchdog gives it
 * up, or when stopped. Everything that touches the camera's list happens one after another.
 */
export class Connection {
  private readonly process: MediaProcess;
  private readonly listening: ListeningClock;
  private readonly watchdog: Watchdog;
  private readonly serial = new Serial();
  private readonly complaints = new ComplaintMeter();
  private readonly startedMs: number;
  private readonly feed: MediaFeed | undefined;
  private verdict: Fault | undefined;
  private codecs: InputCodecs | undefined;

  constructor(
    private readonly media: MediaTools,
    input: ConnectionInput,
    private readonly plan: PackagingPlan,
    private readonly intake: MediaIntake,
    private readonly listener: ConnectionListener,
    private readonly monotonicMs: () => number,
  ) {
    this.startedMs = monotonicMs();
    this.listening = new ListeningClock(monotonicMs);
    this.feed = input.kind === 'feed' ? input.feed : undefined;
    const source: PackagingInput = input.kind === 'feed' ? { kind: 'flv-stdin', onlyPicture: input.feed.isOnlyPicture } : input;
    this.process = media.start(source, plan, (line) => this.hear(line));
    if (this.process.stdin) this.feed?.attach(this.process.stdin);
    this.watchdog = new Watchdog(this.listening.nowMs);
    void this.process.inputCodecs.then((codecs) => this.checkPlan(codecs));
  }

  get senderClock(): SenderClock | undefined {
    return this.feed?.senderClock;
  }

  get hasMedia(): boolean {
    return this.watchdog.hasMedia;
  }

  get inputCodecs(): InputCodecs | undefined {
    return this.codecs;
  }

  /** Reads all that comes. */
  async run(): Promise<ConnectionEnd> {
    try {
      await this.read();
    } catch (error) {
      this.verdict ??= faultOf(error);
    }
    void this.process.stop(STOP_GRACE_MS);
    const exit = await this.process.exited;
    // ffmpeg sees no more than the end of its input; the feed knows why.
    const fault: FeedFault =
      this.verdict ??
      this.feed?.fault ??
      this.media.classify(this.process.stderr, { exit, hadMedia: this.hasMedia, livedMs: this.monotonicMs() - this.startedMs });
    await this.serial.run(() => this.intake.endRun(fault.code, fault.detail));
    return { ...fault, codecs: this.codecs };
  }

  /** Ends the connection for a reason of ours. The first reason counts. */
  end(code: FaultCode, detail: string): void {
    this.verdict ??= { code, detail };
    void this.process.stop(STOP_GRACE_MS).then(() => this.process.stdout.destroy());
  }

  /** Called a few times a second. */
  check(): void {
    if (this.verdict) return;
    this.listening.look();
    const verdict = this.watchdog.check(this.listening.nowMs);
    switch (verdict.kind) {
      case 'well':
        return;
      case 'overdue':
        this.overdue(verdict.fault);
        return;
      case 'quiet':
        this.quiet(verdict.fault);
        return;
      case 'diagnose':
        this.diagnose(verdict.otherwise);
        return;
      case 'give-up':
        this.end(verdict.fault, 'Nothing came for too long.');
    }
  }

  private async read(): Promise<void> {
    const parser = new FragmentParser();
    for await (const chunk of this.process.stdout as AsyncIterable<Buffer>) {
      this.listener.onBytes(chunk.length);
      await this.listening.take(() => this.take(parser.push(chunk)));
      if (this.verdict) return;
    }
  }

  private async take(pieces: Iterable<MediaPiece>): Promise<void> {
    const { nowMs } = this.listening;
    this.watchdog.bytes(nowMs);
    for (const piece of pieces) {
      if (piece.kind === 'fragment' && piece.duration > 0) this.watchdog.media(nowMs, piece.decodeTime);
      await this.serial.run(() => this.intake.take(piece));
    }
  }

  private overdue(fault: FaultCode): void {
    switch (this.intake.openSegment) {
      case 'waits':
        return;
      case 'may-end':
        this.serial.run(() => this.intake.endSegment()).catch((error) => this.fail(error));
        return;
      case 'may-end-all-listed':
        this.quiet(fault);
    }
  }

  private quiet(fault: FaultCode): void {
    if (this.intake.inRun) void this.serial.run(() => this.intake.endRun(fault, 'Nothing came any more.'));
    this.listener.onFault(fault);
  }

  private fail(error: unknown): void {
    const { code, detail } = faultOf(error);
    this.end(code, detail);
  }

  private hear(line: string): void {
    if (this.complaints.add(line, this.monotonicMs())) this.end('media-invalid', line.replace(/^(\[[^\]]*\] )+/, ''));
  }

  /** ffmpeg describes its input before any media: a plan that does not fit ends here, before anything was published. */
  private checkPlan(codecs: InputCodecs | undefined): void {
    this.codecs = codecs;
    if (codecs && !planFits(this.plan, codecs)) this.end('settings-changed', 'The codecs need another way of packaging.');
  }

  /** ffmpeg describes an input only after it has read packets of it, so what is missing then is a key frame to begin with. */
  private diagnose(otherwise: FaultCode | undefined): void {
    if (!this.codecs?.video && !this.feed?.waitsForKeyFrame) {
      if (otherwise) this.listener.onFault(otherwise);
      return;
    }
    this.watchdog.waitForKeyFrame();
    this.listener.onFault('no-key-frame');
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof LeaseNotHeld) return { code: 'lease-lost', detail: 'The lease could not be renewed in time.' };
  if (error instanceof PackagingFault) return { code: error.code, detail: error.detail };
  if (error instanceof MediaInvalid) return { code: 'media-invalid', detail: error.message };
  return { code: 'encoder-failed', detail: error instanceof Error ? error.message : String(error) };
}
