/**
 * FLV as the container of loops and as what is handed to ffmpeg's standard input: H.264 with AAC or G.711 only.
 * Source: Adobe Flash Video File Format Specification 10.1, annex E.
 */
import type { AudioFormat, MediaFormat, MediaSample, VideoSample } from './media';

export const FLV_AUDIO = 8;
export const FLV_VIDEO = 9;
const HEADER_BYTES = 9;
const TAG_HEADER_BYTES = 11;
const AAC_SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

export interface FlvTag {
  type: number;
  timeMs: number;
  body: Buffer;
}

/** Takes a byte stream in pieces and gives the whole tags that have come. Throws when it is not FLV. */
export class FlvReader {
  private rest: Buffer = Buffer.alloc(0);
  private headerRead = false;

  push(bytes: Buffer): FlvTag[] {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    if (!this.headerRead && !this.readHeader()) return [];
    const tags: FlvTag[] = [];
    let at = 0;
    while (this.rest.length - at >= TAG_HEADER_BYTES) {
      const size = this.rest.readUIntBE(at + 1, 3);
      const end = at + TAG_HEADER_BYTES + size + 4;
      if (end > this.rest.length) break;
      // The upper eight bits of the time follow its lower 24.
      const timeMs = this.rest.readUIntBE(at + 4, 3) + this.rest.readUInt8(at + 7) * 0x1000000;
      tags.push({
        type: this.rest.readUInt8(at) & 0x1f,
        timeMs,
        body: this.rest.subarray(at + TAG_HEADER_BYTES, end - 4),
      });
      at = end;
    }
    this.rest = this.rest.subarray(at);
    return tags;
  }

  private readHeader(): boolean {
    if (this.rest.length < HEADER_BYTES + 4) return false;
    if (this.rest.toString('latin1', 0, 3) !== 'FLV') throw new Error('These bytes are not an FLV file.');
    this.rest = this.rest.subarray(this.rest.readUInt32BE(5) + 4);
    this.headerRead = true;
    return true;
  }
}

/** What a tag holds for us; undefined for metadata, end markers and codecs we do not stream. */
export type FlvContent =
  | { kind: 'video-config'; parameterSets: Buffer[] }
  | { kind: 'video'; key: boolean; nals: Buffer[] }
  | { kind: 'audio-config'; format: AudioFormat }
  | { kind: 'audio'; codec: AudioFormat['codec']; data: Buffer };

export function flvContent(tag: FlvTag): FlvContent | undefined {
  if (tag.type === FLV_VIDEO) return videoContent(tag.body);
  if (tag.type === FLV_AUDIO) return audioContent(tag.body);
  return undefined;
}

function videoContent(body: Buffer): FlvContent | undefined {
  if ((body.readUInt8(0) & 0x0f) !== 7) return undefined;
  const packetType = body.readUInt8(1);
  if (packetType === 0) return { kind: 'video-config', parameterSets: parameterSetsOf(body.subarray(5)) };
  if (packetType !== 1) return undefined;
  return { kind: 'video', key: body.readUInt8(0) >> 4 === 1, nals: withoutLengths(body.subarray(5)) };
}

function audioContent(body: Buffer): FlvContent | undefined {
  const soundFormat = body.readUInt8(0) >> 4;
  if (soundFormat === 7) return { kind: 'audio', codec: 'pcma', data: body.subarray(1) };
  if (soundFormat !== 10) return undefined;
  if (body.readUInt8(1) === 1) return { kind: 'audio', codec: 'aac', data: body.subarray(2) };
  const config = Buffer.from(body.subarray(2));
  const frequencyIndex = (config.readUInt16BE(0) >> 7) & 0x0f;
  const sampleRate = AAC_SAMPLE_RATES[frequencyIndex];
  if (sampleRate === undefined) throw new Error(`AAC with sampling frequency index ${frequencyIndex} is not known.`);
  return {
    kind: 'audio-config',
    format: { codec: 'aac', config, sampleRate, channels: (config.readUInt8(1) >> 3) & 0x0f },
  };
}

/** SPS and PPS of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1). */
function parameterSetsOf(record: Buffer): Buffer[] {
  const sets: Buffer[] = [];
  let at = 5;
  for (const countMask of [0x1f, 0xff]) {
    const count = record.readUInt8(at) & countMask;
    at += 1;
    for (let index = 0; index < count; index += 1) {
      const length = record.readUInt16BE(at);
      sets.push(Buffer.from(record.subarray(at + 2, at + 2 + length)));
      at += 2 + length;
    }
  }
  return sets;
}

function withoutLengths(bytes: Buffer): Buffer[] {
  const nals: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    nals.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return nals;
}

function flvTag(type: number, timeMs: number, body: Buffer[]): Buffer {
  const size = body.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(TAG_HEADER_BYTES);
  head.writeUInt8(type, 0);
  head.writeUIntBE(size, 1, 3);
  const time = Math.round(timeMs);
  head.writeUIntBE(time & 0xffffff, 4, 3);
  head.writeUInt8((time >>> 24) & 0xff, 7);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(TAG_HEADER_BYTES + size, 0);
  return Buffer.concat([head, ...body, tail]);
}

/** The start of an FLV stream: file header and the tags that describe the codecs. H.264 only. */
export function flvStart(format: MediaFormat): Buffer {
  if (format.video.codec !== 'h264') throw new Error('FLV carries H.264 only.');
  const header = Buffer.from([0x46, 0x4c, 0x56, 1, format.audio ? 5 : 1, 0, 0, 0, 9, 0, 0, 0, 0]);
  const tags = [flvTag(FLV_VIDEO, 0, [Buffer.from([0x17, 0, 0, 0, 0]), configurationRecord(format.video.parameterSets)])];
  if (format.audio?.codec === 'aac') tags.push(flvTag(FLV_AUDIO, 0, [Buffer.from([0xaf, 0]), format.audio.config]));
  return Buffer.concat([header, ...tags]);
}

function configurationRecord(parameterSets: Buffer[]): Buffer {
  const sps = parameterSets.filter((nal) => (nal.readUInt8(0) & 0x1f) === 7);
  const pps = parameterSets.filter((nal) => (nal.readUInt8(0) & 0x1f) === 8);
  const first = sps[0];
  if (!first) throw new Error('The H.264 stream has no sequence parameter set.');
  const sized = (nal: Buffer): Buffer[] => [Buffer.from([nal.length >> 8, nal.length & 0xff]), nal];
  return Buffer.concat([
    Buffer.from([1]),
    first.subarray(1, 4),
    Buffer.from([0xff, 0xe0 | sps.length]),
    ...sps.flatMap(sized),
    Buffer.from([pps.length]),
    ...pps.flatMap(sized),
  ]);
}

/** One sample as a tag, `timeMs` counted from the start of the FLV stream. */
export function flvSample(sample: MediaSample, timeMs: number, audio: AudioFormat | undefined): Buffer {
  if (sample.kind === 'video') return flvTag(FLV_VIDEO, timeMs, videoBody(sample));
  const head = audio?.codec === 'pcma' ? [0x72] : [0xaf, 1];
  return flvTag(FLV_AUDIO, timeMs, [Buffer.from(head), sample.data]);
}

function videoBody(sample: VideoSample): Buffer[] {
  const body: Buffer[] = [Buffer.from([sample.key ? 0x17 : 0x27, 1, 0, 0, 0])];
  for (const nal of sample.nals) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(nal.length, 0);
    body.push(length, nal);
  }
  return body;
}
