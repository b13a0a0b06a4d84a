import { AacDepacketizer } from './aac-depacketizer';
import type { RtpPacket } from './rtp-packet';
import { AUDIO_TAG, TagBuffer } from './tag-buffer';
import type { AudioTrack } from './tracks';

/** First byte of an audio tag (Adobe FLV 10.1, annex E.4.2.1): AAC, and G.711 of 8 kHz, 16 bits, mono. */
const FORMAT = { aac: 0xaf, pcm_alaw: 0x72, pcm_mulaw: 0x82 } as const;

/** Writes the sound of a camera as FLV tags. Nothing goes out before `open`. */
export class SoundWriter {
  readonly tags = new TagBuffer(AUDIO_TAG);
  private readonly aac: AacDepacketizer | undefined;
  private opened = false;
  private heard = false;

  /** @param soundMs milliseconds of a frame that goes out. */
  constructor(
    private readonly track: AudioTrack,
    private readonly soundMs: (timestamp: number) => number,
  ) {
    if (track.codec === 'aac')
      this.aac = new AacDepacketizer((timestamp, bytes, start, end) => this.write(timestamp, bytes, start, end));
  }

  /** Whether sound has come at all. */
  get isHeard(): boolean {
    return this.heard;
  }

  open(): void {
    this.opened = true;
  }

  /** @returns false for what is no sound of this codec. */
  push(packet: RtpPacket, bytes: Buffer): boolean {
    if (this.aac) return this.aac.push(packet, bytes);
    if (packet.end > packet.start) this.write(packet.timestamp, bytes, packet.start, packet.end);
    return true;
  }

  /** The AAC sequence header; undefined for codecs that need none. */
  header(): Buffer | undefined {
    if (this.track.codec !== 'aac') return undefined;
    const tags = new TagBuffer(AUDIO_TAG);
    tags.begin();
    tags.byte(FORMAT.aac);
    tags.byte(0);
    tags.append(this.track.config, 0, this.track.config.length);
    tags.commit(0);
    return tags.take();
  }

  private write(timestamp: number, bytes: Buffer, start: number, end: number): void {
    this.heard = true;
    if (!this.opened) return;
    this.tags.begin();
    this.tags.byte(FORMAT[this.track.codec]);
    if (this.aac) this.tags.byte(1);
    this.tags.append(bytes, start, end);
    this.tags.commit(this.soundMs(timestamp));
  }
}
