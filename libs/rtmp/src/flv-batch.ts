import { type RtmpMessage } from './chunk-reader';
import { AUDIO, DATA, VIDEO, codecOf, flvHeader, flvTag, metadataOf } from './flv';
import { type PublishedCodecs } from './types';

/** How long the FLV header waits for a track that has not shown itself, in milliseconds. */
const TRACK_WAIT_MS = 1_000;
/** Nor does it wait while more than this is held, in bytes. */
const TRACK_WAIT_BYTES = 1 << 20;

/**
 * Collects the media of a push as FLV. The header names the tracks, so nothing goes out until video and sound have both come,
 * or metadata says that there is no sound, or a second has passed since the first frame.
 */
export class FlvBatch {
  private tags: Buffer[] = [];
  private size = 0;
  private seen: PublishedCodecs = { video: null, audio: null };
  private silentByMetadata = false;
  private firstAtMs: number | undefined;
  private headerGiven = false;

  get bytes(): number {
    return this.size;
  }

  get codecs(): PublishedCodecs {
    return this.seen;
  }

  /** Throws AmfError for metadata that cannot be read. */
  add(message: RtmpMessage, nowMs: number): void {
    if (message.type === DATA) return this.addMetadata(message);
    if (message.payload.length === 0) return;
    this.firstAtMs ??= nowMs;
    const codec = codecOf(message) ?? null;
    if (message.type === VIDEO && this.seen.video === null) this.seen = { ...this.seen, video: codec };
    if (message.type === AUDIO && this.seen.audio === null) this.seen = { ...this.seen, audio: codec };
    this.append(message);
  }

  /** Everything since the last time; empty while the tracks are not known. `first`: the header is in it. */
  take(nowMs: number): { readonly buffers: Buffer[]; readonly first: boolean } {
    if (!this.headerGiven && !this.tracksKnown(nowMs)) return { buffers: [], first: false };
    const first = !this.headerGiven;
    const buffers = first ? [flvHeader(this.seen), ...this.tags] : this.tags;
    this.headerGiven = true;
    this.tags = [];
    this.size = 0;
    return { buffers, first };
  }

  private addMetadata(message: RtmpMessage): void {
    const metadata = metadataOf(message);
    if (!metadata) return;
    this.silentByMetadata = !metadata.hasAudio;
    this.append(metadata.message);
  }

  private append(message: RtmpMessage): void {
    const tag = flvTag(message);
    this.tags.push(tag);
    this.size += tag.length;
  }

  private tracksKnown(nowMs: number): boolean {
    if (this.firstAtMs === undefined) return false;
    const complete = this.seen.video !== null && (this.seen.audio !== null || this.silentByMetadata);
    return complete || nowMs - this.firstAtMs >= TRACK_WAIT_MS || this.size > TRACK_WAIT_BYTES;
  }
}
