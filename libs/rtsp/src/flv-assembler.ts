import { H264Depacketizer } from './h264-depacketizer';
import { PictureWriter } from './picture-writer';
import { readRtcp, wallClockOf } from './rtcp';
import { RtpPacket } from './rtp-packet';
import { SoundWriter } from './sound-writer';
import { Timeline, TrackClock } from './timeline';
import type { AudioTrack, VideoTrack } from './tracks';
import { RtspFault, type SenderClock } from './types';

/** How long the first picture waits for sound that was described, in milliseconds. */
const SOUND_WAIT_MS = 1_000;
/** More broken packets than this in five seconds are no accident of the network. */
const BROKEN_WINDOW_MS = 5_000;
const MOST_BROKEN = 30;

export type TrackKind = 'video' | 'audio';

/** Makes FLV out of the RTP and RTCP packets of a camera. Calls throw RtspFault when the media cannot go on. */
export class FlvAssembler {
  private readonly packet = new RtpPacket();
  private readonly timeline: Timeline;
  private readonly pictures: PictureWriter;
  private readonly depacketizer: H264Depacketizer;
  private readonly sound: SoundWriter | undefined;
  private readonly ended = new Set<TrackKind>();
  private broken: number[] = [];
  private nowMs = 0;
  private startedMs: number | undefined;
  private headerGiven = false;
  private lastReport: SenderClock | undefined;
  private withSound = false;

  constructor(
    private readonly video: VideoTrack,
    private readonly audio: AudioTrack | undefined,
  ) {
    this.timeline = new Timeline(new TrackClock(video.media.clockRate), new TrackClock(audio?.media.clockRate ?? 1));
    this.pictures = new PictureWriter(video.parameterSets, {
      pictureMs: (timestamp) => this.timeline.pictureMs(timestamp, this.nowMs),
    });
    this.depacketizer = new H264Depacketizer(this.pictures);
    this.sound = audio && new SoundWriter(audio, (timestamp) => this.timeline.soundMs(timestamp, this.nowMs));
  }

  /** What the camera's last report of the picture said of its clock; cameras need not send any. */
  get senderClock(): SenderClock | undefined {
    return this.lastReport;
  }

  get waitsForKeyFrame(): boolean {
    return this.pictures.waitsForKeyFrame;
  }

  clockOf(track: TrackKind): TrackClock {
    return track === 'video' ? this.timeline.video : this.timeline.audio;
  }

  /** @param nowMs monotonic. @returns whether this was a packet. */
  rtp(track: TrackKind, bytes: Buffer, start: number, end: number, nowMs: number): boolean {
    const { packet } = this;
    if (!packet.read(bytes, start, end)) return false;
    const expected = track === 'video' ? this.video.media : this.audio?.media;
    if (packet.payloadType !== expected?.payloadType) return true;
    this.nowMs = nowMs;
    const understood = track === 'video' ? this.depacketizer.push(packet, bytes) : (this.sound?.push(packet, bytes) ?? true);
    if (!understood) this.complain(nowMs);
    if (this.startedMs === undefined && this.pictures.hasStarted) {
      this.startedMs = nowMs;
      this.sound?.open();
    }
    return true;
  }

  /** @returns whether this was a report. */
  rtcp(track: TrackKind, bytes: Buffer, start: number, end: number): boolean {
    const { report, bye } = readRtcp(bytes, start, end);
    if (report) this.clockOf(track).report = report;
    if (report && track === 'video') this.lastReport = { theirMs: wallClockOf(report), ourMs: Date.now() };
    if (bye) this.ended.add(track);
    if (this.ended.size >= (this.audio ? 2 : 1)) throw new RtspFault('connection-lost', 'The camera ended its stream.');
    return report !== undefined || bye;
  }

  /** The FLV since the last time; nothing before the first key frame and, for a second, before its sound. */
  take(nowMs: number): Buffer[] {
    const buffers = this.headerGiven ? [] : this.begin(nowMs);
    if (!this.headerGiven) return [];
    if (this.sound && !this.withSound) this.sound.tags.drop();
    const media = this.sound ? this.pictures.tags.takeWith(this.sound.tags) : this.pictures.tags.take();
    if (media) buffers.push(media);
    return buffers;
  }

  /** Nobody looks any more at what was taken last. */
  reuse(): void {
    this.pictures.tags.reuse();
  }

  private begin(nowMs: number): Buffer[] {
    if (this.startedMs === undefined) return [];
    if (this.sound && !this.sound.isHeard && nowMs - this.startedMs < SOUND_WAIT_MS) return [];
    this.headerGiven = true;
    this.withSound = this.sound?.isHeard ?? false;
    const soundHeader = this.withSound ? this.sound?.header() : undefined;
    // The flags make ffmpeg wait for the tracks named, and for no other.
    const file = Buffer.from([0x46, 0x4c, 0x56, 1, this.withSound ? 5 : 1, 0, 0, 0, 9, 0, 0, 0, 0]);
    return [file, this.pictures.header(), ...(soundHeader ? [soundHeader] : [])];
  }

  private complain(nowMs: number): void {
    this.broken = [...this.broken.filter((at) => nowMs - at < BROKEN_WINDOW_MS), nowMs];
    if (this.broken.length >= MOST_BROKEN) throw new RtspFault('media-invalid', 'The packets hold no media that can be read.');
  }
}
