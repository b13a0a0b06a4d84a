import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { MediaFormat, MediaSample } from './media';
import { RtpTrack, audioPackets, videoPackets } from './rtp';
import { VIDEO_PAYLOAD_TYPE, audioPayloadType } from './sdp';

/** A client that leaves this much unread is dropped: half a minute of a demo camera. */
const MOST_UNREAD_BYTES = 4 * 1024 * 1024;
const REPORT_EVERY_MS = 5000;

/** How the media of a stream is spoiled on its way out, for tests. */
export type Garbage = 'none' | 'payload' | 'raw';

export interface Spoiling {
  garbage: Garbage;
  /** Not at a key frame. */
  startAnywhere: boolean;
  /** The clock of the sender reports against the right time. */
  aheadMs: number;
}

/** One client that plays a stream: its tracks, their numbers, and its socket. */
export class RtspPlayer {
  private started = false;
  private reports: { utcMs: number; timeMs: number; lastMs: number } | undefined;
  bytesSent = 0;

  constructor(
    private readonly socket: Socket,
    private readonly video: RtpTrack | undefined,
    private readonly audio: RtpTrack | undefined,
  ) {}

  static track(kind: 'video' | 'audio', channel: number, format: MediaFormat): RtpTrack | undefined {
    if (kind === 'video') return new RtpTrack(channel, VIDEO_PAYLOAD_TYPE, 90000);
    return format.audio && new RtpTrack(channel, audioPayloadType(format.audio), format.audio.sampleRate);
  }

  /** Sends a batch in one write. Starts at a key frame, unless the stream has none to wait for. */
  deliver(samples: MediaSample[], format: MediaFormat, options: Spoiling): void {
    const wanted = this.started ? samples : this.fromStart(samples, options.startAnywhere);
    if (wanted.length === 0) return;
    if (options.garbage === 'raw') return this.send([randomBytes(1400)]);
    const bytes: Buffer[] = [];
    this.report(bytes, wanted[0]?.timeMs ?? 0, options.aheadMs);
    for (const sample of wanted) this.add(bytes, sample, format, options.garbage);
    this.send(bytes);
  }

  /** Nothing more goes out until the next key frame: what a client sees of a camera that was silent for a while. */
  restart(): void {
    this.started = false;
  }

  close(): void {
    this.socket.destroy();
  }

  private fromStart(samples: MediaSample[], anywhere: boolean): MediaSample[] {
    const first = anywhere || !this.video ? 0 : samples.findIndex((sample) => sample.kind === 'video' && sample.key);
    if (first === -1) return [];
    this.started = true;
    return samples.slice(first);
  }

  private add(bytes: Buffer[], sample: MediaSample, format: MediaFormat, garbage: Garbage): void {
    const track = sample.kind === 'video' ? this.video : this.audio;
    if (!track) return;
    if (garbage === 'payload') return track.packet(bytes, [randomBytes(1000)], sample.timeMs, true);
    if (sample.kind === 'video') videoPackets(bytes, track, format.video, sample);
    else if (format.audio) audioPackets(bytes, track, format.audio, sample);
  }

  /** The first report goes before the first packet, so that no later one moves the client's clock. */
  private report(bytes: Buffer[], timeMs: number, aheadMs: number): void {
    this.reports ??= { utcMs: Date.now(), timeMs, lastMs: -Infinity };
    if (Math.abs(timeMs - this.reports.lastMs) < REPORT_EVERY_MS) return;
    this.reports.lastMs = timeMs;
    const utcMs = this.reports.utcMs + timeMs - this.reports.timeMs + aheadMs;
    for (const track of [this.video, this.audio]) track?.senderReport(bytes, timeMs, utcMs);
  }

  private send(pieces: Buffer[]): void {
    const bytes = Buffer.concat(pieces);
    this.bytesSent += bytes.length;
    this.socket.write(bytes);
    if (this.socket.writableLength > MOST_UNREAD_BYTES) this.close();
  }
}
