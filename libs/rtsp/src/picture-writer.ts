import type { AccessUnitWriter } from './h264-depacketizer';
import { ParameterSets, PLAYABLE_PROFILES, profileOf } from './parameter-sets';
import { TagBuffer, VIDEO_TAG } from './tag-buffer';
import { RtspFault } from './types';

/** FLV: AVC, and the kind of picture above it (Adobe FLV 10.1, annex E.4.3.1). */
const AVC = 7;
const [KEY, INTER] = [0x10, 0x20];
const IDR = 5;
const SEI = 6;
const RECOVERY_POINT = 6;
const MAX_PICTURE_BYTES = 8 * 1024 * 1024;
/** At 90 kHz. Pictures less than this before the one ahead of them are out of order, others are of another clock. */
const REORDER_TICKS = 2 * 90_000;
const MOST_ODD_PICTURES = 3;

/** What a writer of pictures asks of its owner. */
export interface PictureClock {
  /** Milliseconds of an access unit that goes out. */
  pictureMs(timestamp: number): number;
}

/** Writes access units as FLV tags, beginning at a key frame whose parameter sets are known. */
export class PictureWriter implements AccessUnitWriter {
  readonly tags = new TagBuffer(VIDEO_TAG);
  private readonly sets = new ParameterSets();
  private lastTimestamp: number | undefined;
  private oddPictures = 0;
  private nal = 0;
  private length = 0;
  private key = false;
  private started = false;
  private seen = false;

  constructor(
    parameterSets: readonly Buffer[],
    private readonly clock: PictureClock,
  ) {
    for (const set of parameterSets) this.sets.put(set, 0, set.length);
  }

  /** A picture that can be shown has gone out. */
  get hasStarted(): boolean {
    return this.started;
  }

  /** Pictures came, none to begin with. */
  get waitsForKeyFrame(): boolean {
    return this.seen && !this.started;
  }

  parameterSet(bytes: Buffer, start: number, end: number): void {
    const profile = profileOf(bytes.subarray(start, end));
    if (profile !== undefined && !PLAYABLE_PROFILES.has(profile))
      throw new RtspFault('unreadable', 'The camera sends H.264 of a profile that is converted.');
    // The description of the media that was published holds the old ones: players need another.
    if (this.sets.put(bytes, start, end) === 'changed' && this.started)
      throw new RtspFault('format-changed', 'The camera changed its picture format.');
  }

  beginNal(header: number): void {
    this.nal = header;
    if (!this.tags.isOpen) this.beginPicture();
    if ((header & 0x1f) === IDR) this.key = true;
    this.length = this.tags.openLength();
    this.tags.byte(header);
  }

  append(bytes: Buffer, start: number, end: number): void {
    // Open groups of pictures, and pictures that refresh bit by bit, have no other mark of where to begin.
    if ((this.nal & 0x1f) === SEI && bytes[start] === RECOVERY_POINT) this.key = true;
    if (this.tags.openBytes + end - start > MAX_PICTURE_BYTES) throw new RtspFault('media-invalid', 'A picture is too large.');
    this.tags.append(bytes, start, end);
  }

  endNal(): void {
    this.tags.closeLength(this.length);
  }

  end(timestamp: number): void {
    this.seen = true;
    if (!this.started && !(this.key && this.sets.complete)) return this.tags.rollback();
    if (!this.isInOrder(timestamp)) return this.tags.rollback();
    this.tags.patch(0, (this.key ? KEY : INTER) | AVC);
    this.tags.commit(this.clock.pictureMs(timestamp));
    this.started = true;
  }

  discard(): void {
    this.tags.rollback();
  }

  /** The AVC sequence header, for the start of the stream. Only once started. */
  header(): Buffer {
    const tags = new TagBuffer(VIDEO_TAG);
    const record = this.sets.record();
    tags.begin();
    for (const value of [KEY | AVC, 0, 0, 0, 0]) tags.byte(value);
    tags.append(record, 0, record.length);
    tags.commit(0);
    return tags.take()!;
  }

  private beginPicture(): void {
    this.key = false;
    this.tags.begin();
    for (const value of [INTER | AVC, 1, 0, 0, 0]) this.tags.byte(value);
  }

  /** Decoding order is all that RTP tells: where display order differs, as with B-frames, decode times are not known here. */
  private isInOrder(timestamp: number): boolean {
    const forward = (timestamp - (this.lastTimestamp ?? timestamp)) | 0;
    if (forward >= 0) {
      this.lastTimestamp = timestamp;
      this.oddPictures = 0;
      return true;
    }
    if (forward > -REORDER_TICKS) throw new RtspFault('unreadable', 'The camera sends pictures out of order (B-frames).');
    this.oddPictures += 1;
    if (this.oddPictures >= MOST_ODD_PICTURES) throw new RtspFault('timestamps-jumped', 'The clock of the camera went back.');
    return false;
  }
}
