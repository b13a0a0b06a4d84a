import type { Socket } from 'node:net';
import { type RtspAddress, splitRtspUrl } from './address';
import { Authorization } from './authorization';
import { connectTo, faultOf, isFullRead } from './connect';
import { Dialogue } from './dialogue';
import { FlvAssembler, type TrackKind } from './flv-assembler';
import { type InterleavedListener, InterleavedReader } from './interleaved-reader';
import { Pump } from './pump';
import type { RtspResponse } from './response';
import type { SdpMedia } from './sdp';
import { rtpTimes, Session } from './session';
import { tracksOf } from './tracks';
import { type Rest, RTSP_LIMITS, type RtspCodecs, RtspFault, type RtspLimits, type RtspSink, type SenderClock } from './types';

export interface RtspOpening {
  readonly sink: RtspSink;
  /** Gives the opening up; the promise rejects with its reason. */
  readonly signal: AbortSignal;
  readonly limits?: Partial<RtspLimits>;
  /** How cameras wait for their next read; without it each has a timer of its own. */
  readonly rest?: Rest | undefined;
}

/** How long the last words to a camera may take, in milliseconds. */
const LINGER_MS = 500;

const ownTimer: Rest = (ms, wake) => void setTimeout(wake, ms);

/** One connection to a camera that plays: its packets in, FLV out. */
export class RtspCamera implements InterleavedListener {
  private readonly reader = new InterleavedReader(this);
  private readonly dialogue: Dialogue;
  private readonly session: Session;
  private readonly channels = new Map<number, { readonly track: TrackKind; readonly reports: boolean }>();
  private socket: Socket | undefined;
  private assembler: FlvAssembler | undefined;
  private pump: Pump | undefined;
  private read: RtspCodecs = { video: 'h264', audio: null };
  private silence: NodeJS.Timeout | undefined;
  private keepAlive: NodeJS.Timeout | undefined;
  private heard = false;
  private over = false;

  /**
   * Connects and plays. Media goes to the sink from then on.
   * @throws RtspFault, RangeError for what is no RTSP address, the signal's reason.
   */
  static async open(url: string, opening: RtspOpening): Promise<RtspCamera> {
    const limits = { ...RTSP_LIMITS, ...opening.limits };
    const camera = new RtspCamera(splitRtspUrl(url), opening.sink, limits, opening.rest ?? ownTimer);
    await camera.start(opening.signal);
    return camera;
  }

  private constructor(
    private readonly address: RtspAddress,
    private readonly sink: RtspSink,
    private readonly limits: RtspLimits,
    private readonly rest: Rest,
  ) {
    const authorization = new Authorization(address.credentials);
    this.dialogue = new Dialogue((text) => this.socket?.write(text), authorization, limits.answerMs);
    this.session = new Session(this.dialogue, address.uri);
  }

  get codecs(): RtspCodecs {
    return this.read;
  }

  /** Pictures come, but none that could be shown first. */
  get waitsForKeyFrame(): boolean {
    return this.assembler?.waitsForKeyFrame ?? false;
  }

  /** Undefined until the camera has told it. */
  get senderClock(): SenderClock | undefined {
    return this.assembler?.senderClock;
  }

  /** The sink hears nothing more. */
  close(): void {
    if (this.over) return;
    this.over = true;
    this.release();
    this.takeLeave();
  }

  frame(channel: number, bytes: Buffer, start: number, end: number): boolean {
    const known = this.channels.get(channel);
    if (!known || !this.assembler) return false;
    if (known.reports) return this.assembler.rtcp(known.track, bytes, start, end);
    if (!this.assembler.rtp(known.track, bytes, start, end, performance.now())) return false;
    this.heard = true;
    return true;
  }

  response(response: RtspResponse): void {
    this.dialogue.answered(response);
  }

  private async start(signal: AbortSignal): Promise<void> {
    const socket = await connectTo(this.address, (bytes) => this.take(bytes), { signal, connectMs: this.limits.connectMs });
    this.socket = socket;
    socket.on('error', (error) => this.fail(faultOf(error)));
    socket.on('close', () => this.fail(new RtspFault('connection-lost', 'The camera closed the connection.')));
    const giveUp = (): void => this.fail(new RtspFault('stopped', 'Stopped by us.'));
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      if (signal.aborted) giveUp();
      await this.negotiate(socket);
    } catch (error) {
      this.close();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  private async negotiate(socket: Socket): Promise<void> {
    const { video, audio } = tracksOf(await this.session.describe());
    this.read = { video: 'h264', audio: audio?.codec ?? null };
    const assembler = new FlvAssembler(video, audio);
    this.assembler = assembler;
    await this.setup('video', video.media, 0);
    if (audio) await this.setup('audio', audio.media, 2);
    const tap = {
      rests: !this.address.tls,
      rest: (wake: () => void) => this.rest(this.limits.batchMs, wake),
      resume: () => void socket.resume(),
    };
    const pump = new Pump(assembler, this.sink, tap, (fault) => this.fail(fault));
    await this.session.play((rtpInfo) => {
      const [videoTime, audioTime] = rtpTimes(rtpInfo);
      assembler.clockOf('video').rtpInfo = videoTime;
      assembler.clockOf('audio').rtpInfo = audioTime;
      this.pump = pump;
    });
    if (!this.over) this.watch();
  }

  private async setup(track: TrackKind, media: SdpMedia, channel: number): Promise<void> {
    const { rtp, rtcp } = await this.session.setup(media, channel);
    this.channels.set(rtcp, { track, reports: true });
    this.channels.set(rtp, { track, reports: false });
  }

  private watch(): void {
    const judge = (): void => {
      if (!this.heard) this.fail(new RtspFault('silent', 'The camera plays, but sends nothing.'));
    };
    // In a process that was held up this runs before what came meanwhile is read: the camera is heard first.
    this.silence = setTimeout(() => setImmediate(judge), this.limits.answerMs);
    // An answer that does not come is no loss while media does.
    this.keepAlive = setInterval(() => void this.session.keepAlive().catch(() => undefined), this.session.keepAliveMs);
  }

  /** @returns whether to read on now. */
  private take(bytes: Buffer): boolean {
    if (this.over) return true;
    try {
      this.reader.push(bytes);
      return this.pump?.afterRead(isFullRead(bytes)) ?? true;
    } catch (error) {
      // Whatever a camera sends ends its own connection only, also where it finds a mistake of ours.
      this.fail(error instanceof RtspFault ? error : new RtspFault('media-invalid', (error as Error).message, { cause: error }));
      return true;
    }
  }

  private fail(fault: RtspFault): void {
    if (this.over) return;
    this.over = true;
    this.release();
    this.dialogue.end(fault);
    const playing = this.pump !== undefined;
    this.takeLeave();
    if (playing) this.sink.end(fault);
  }

  private release(): void {
    clearTimeout(this.silence);
    clearInterval(this.keepAlive);
    this.pump?.stop();
  }

  /** A camera that is not told keeps its session for a minute, and many have only a few. */
  private takeLeave(): void {
    const { socket } = this;
    if (!socket || socket.destroyed) return;
    socket.resume();
    void this.session.teardown().catch(() => undefined);
    socket.end();
    const linger = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => {
      clearTimeout(linger);
      this.dialogue.end(new RtspFault('stopped', 'Closed.'));
    });
  }
}
