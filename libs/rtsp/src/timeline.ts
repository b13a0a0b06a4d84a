import type { SenderReport } from './rtcp';

/** The media begins this far from zero, so that sound from just before the first picture has a time, too. */
const FIRST_MS = 1_000;
/** Clocks of a camera that are further apart than this are not one clock. */
const BELIEVABLE_MS = 2_000;
/** Sound is moved while it is this far off, until it is this near, a millisecond with each frame: nobody hears or sees that. */
const MOVE_FROM_MS = 20;
const MOVE_UNTIL_MS = 2;

/** RTP timestamps of one track, on a line that does not wrap. */
export class TrackClock {
  report: SenderReport | undefined;
  /** The timestamp that begins the playback by the answer to PLAY (RFC 2326, 12.33). */
  rtpInfo: number | undefined;
  private last: number | undefined;
  private elapsedTicks = 0;

  /** @param rate ticks a second. */
  constructor(private readonly rate: number) {}

  /** Milliseconds from the first timestamp to this one. */
  elapsedMs(timestamp: number): number {
    this.elapsedTicks += difference(timestamp, this.last ?? timestamp);
    this.last = timestamp;
    return (this.elapsedTicks * 1000) / this.rate;
  }

  /** From one timestamp to another, which wrap after 2^32. */
  msBetween(from: number, to: number): number {
    return (difference(to, from) * 1000) / this.rate;
  }

  /** The sender's wall clock at a timestamp; undefined before its first report. */
  senderMs(timestamp: number): number | undefined {
    return this.report && this.report.ntpMs + this.msBetween(this.report.timestamp, timestamp);
  }
}

/**
 * Times of picture and sound on one line, in milliseconds. The first of each stands where it arrived, or where the camera's sender reports
 * or its answer to PLAY put it against the other. Reports that come later, and clocks that drift apart over the hours, move the
 * sound little by little, never at once.
 */
export class Timeline {
  private originMs: number | undefined;
  private pictureOffsetMs: number | undefined;
  private soundOffsetMs: number | undefined;
  private picture: { timestamp: number; ms: number } | undefined;
  private moving = false;

  constructor(
    readonly video: TrackClock,
    readonly audio: TrackClock,
  ) {}

  pictureMs(timestamp: number, nowMs: number): number {
    const elapsed = this.video.elapsedMs(timestamp);
    this.pictureOffsetMs ??= this.arrival(nowMs) - elapsed;
    const ms = elapsed + this.pictureOffsetMs;
    this.picture = { timestamp, ms };
    return Math.round(ms);
  }

  soundMs(timestamp: number, nowMs: number): number {
    const elapsed = this.audio.elapsedMs(timestamp);
    this.soundOffsetMs ??= this.firstSound(timestamp, nowMs) - elapsed;
    this.soundOffsetMs += this.correction(timestamp, elapsed + this.soundOffsetMs);
    return Math.max(0, Math.round(elapsed + this.soundOffsetMs));
  }

  private arrival(nowMs: number): number {
    this.originMs ??= nowMs;
    return FIRST_MS + nowMs - this.originMs;
  }

  private firstSound(timestamp: number, nowMs: number): number {
    const arrived = this.arrival(nowMs);
    const placed = [this.byReports(timestamp), this.byPlayAnswer(timestamp)];
    return placed.find((ms) => ms !== undefined && Math.abs(ms - arrived) < BELIEVABLE_MS) ?? arrived;
  }

  private byReports(timestamp: number): number | undefined {
    if (!this.picture) return undefined;
    const [picture, sound] = [this.video.senderMs(this.picture.timestamp), this.audio.senderMs(timestamp)];
    return picture === undefined || sound === undefined ? undefined : this.picture.ms + sound - picture;
  }

  private byPlayAnswer(timestamp: number): number | undefined {
    const [video, audio] = [this.video.rtpInfo, this.audio.rtpInfo];
    if (!this.picture || video === undefined || audio === undefined) return undefined;
    return this.picture.ms + this.audio.msBetween(audio, timestamp) - this.video.msBetween(video, this.picture.timestamp);
  }

  private correction(timestamp: number, ms: number): number {
    const wanted = this.byReports(timestamp);
    if (wanted === undefined) return 0;
    const error = wanted - ms;
    const size = Math.abs(error);
    if (size >= BELIEVABLE_MS) return 0;
    this.moving = size > (this.moving ? MOVE_UNTIL_MS : MOVE_FROM_MS);
    return this.moving ? Math.sign(error) : 0;
  }
}

/** Signed, for timestamps that wrap. */
const difference = (a: number, b: number): number => (a - b) | 0;
