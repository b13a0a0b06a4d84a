import { decodeAmf0, encodeAmf0 } from './amf0';
import { type RtmpMessage, TAG_HEAD, TAG_TAIL } from './chunk-reader';
import { type PublishedCodecs } from './types';

export const AUDIO = 8;
export const VIDEO = 9;
export const DATA = 18;

const VIDEO_CODECS: Readonly<Record<number, string>> = { 2: 'flv1', 3: 'flashsv', 4: 'vp6f', 7: 'h264', 12: 'hevc' };
const AUDIO_CODECS: Readonly<Record<number, string>> = {
  ...{ 0: 'pcm_s16le', 1: 'adpcm_swf', 2: 'mp3', 3: 'pcm_s16le', 4: 'nellymoser', 5: 'nellymoser', 6: 'nellymoser' },
  ...{ 7: 'pcm_alaw', 8: 'pcm_mulaw', 10: 'aac', 11: 'speex', 14: 'mp3' },
};
const FOUR_CCS: Readonly<Record<string, string>> = {
  ...{ avc1: 'h264', hvc1: 'hevc', av01: 'av1', vp09: 'vp9', vp08: 'vp8', vvc1: 'vvc' },
  ...{ mp4a: 'aac', Opus: 'opus', fLaC: 'flac', 'ac-3': 'ac3', 'ec-3': 'eac3', '.mp3': 'mp3' },
};

/** The first 13 bytes of an FLV file. The flags make a reader wait for the tracks named, and for no other. */
export function flvHeader(codecs: PublishedCodecs): Buffer {
  const flags = (codecs.audio === null ? 0 : 4) | (codecs.video === null ? 0 : 1);
  return Buffer.from([0x46, 0x4c, 0x56, 1, flags, 0, 0, 0, 9, 0, 0, 0, 0]);
}

/** Writes an FLV tag around the payload of a message, in the room its reader left for it. No copy is made. */
export function flvTag({ type, timestamp, payload, frame }: RtmpMessage): Buffer {
  frame[0] = type;
  frame.writeUIntBE(payload.length, 1, 3);
  frame.writeUIntBE(timestamp & 0xffffff, 4, 3);
  frame[7] = timestamp >>> 24;
  frame.writeUIntBE(0, 8, 3);
  frame.writeUInt32BE(TAG_HEAD + payload.length, TAG_HEAD + payload.length);
  return frame;
}

/** The codec of an audio or video message: FLV's own number, or the FourCC of enhanced RTMP (Veovera, v2). */
export function codecOf({ type, payload }: RtmpMessage): string | undefined {
  if (payload.length < 2) return undefined;
  const first = payload[0]!;
  const number = type === VIDEO ? first & 0x0f : first >> 4;
  const enhanced = type === VIDEO ? (first & 0x80) !== 0 : number === 9;
  if (!enhanced) return (type === VIDEO ? VIDEO_CODECS : AUDIO_CODECS)[number] ?? `flv-${number}`;
  const fourCc = payload.toString('latin1', 1, 5);
  return FOUR_CCS[fourCc] ?? fourCc.replace(/[^\w.-]/g, '?');
}

/** Metadata of a push as it goes into FLV: without the command before it. Undefined for any other data. Throws AmfError. */
export function metadataOf(message: RtmpMessage): { readonly message: RtmpMessage; readonly hasAudio: boolean } | undefined {
  const values = decodeAmf0(message.payload);
  const at = values[0] === '@setDataFrame' ? 1 : 0;
  const fields = values[at + 1];
  if (values[at] !== 'onMetaData' || typeof fields !== 'object' || fields === null) return undefined;
  const body = encodeAmf0('onMetaData', fields);
  const frame = Buffer.concat([Buffer.alloc(TAG_HEAD), body, Buffer.alloc(TAG_TAIL)]);
  const payload = frame.subarray(TAG_HEAD, TAG_HEAD + body.length);
  return { message: { ...message, type: DATA, frame, payload }, hasAudio: 'audiocodecid' in fields };
}

/** The messages inside an aggregate message (type 22): FLV tags whose times are counted from the first of them. */
export function* splitAggregate({ payload, timestamp, streamId }: RtmpMessage): Generator<RtmpMessage> {
  let first: number | undefined;
  for (let at = 0; at + TAG_HEAD <= payload.length;) {
    const length = payload.readUIntBE(at + 1, 3);
    const end = at + TAG_HEAD + length;
    if (end > payload.length) return;
    const own = payload.readUIntBE(at + 4, 3) + payload[at + 7]! * 0x1000000;
    first ??= own;
    const frame = Buffer.allocUnsafe(TAG_HEAD + length + TAG_TAIL);
    payload.copy(frame, TAG_HEAD, at + TAG_HEAD, end);
    const body = frame.subarray(TAG_HEAD, TAG_HEAD + length);
    yield { type: payload[at]!, streamId, timestamp: (timestamp + own - first) >>> 0, payload: body, frame };
    at = end + TAG_TAIL;
  }
}
