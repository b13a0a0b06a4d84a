/** FLV as a decoder reads it (Adobe FLV 10.1, annex E): pictures of many cameras one after another, each with its description where it is another. */

export const FLV_START = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]);
const VIDEO_TAG = 9;
const KEY_AVC = 0x17;
const [DESCRIPTION, PICTURE] = [0, 1];
const HEAD_BYTES = 16;
/** What the length of a tag can say. */
export const MOST_PICTURE_BYTES = 0xff_ff00;

/** @param config an AVCDecoderConfigurationRecord */
export const describedTag = (config: Buffer, timeMs: number): Buffer[] => tag(DESCRIPTION, config, timeMs);

/** @param sample NAL units with their lengths; not copied */
export const pictureTag = (sample: Buffer, timeMs: number): Buffer[] => tag(PICTURE, sample, timeMs);

function tag(kind: number, body: Buffer, timeMs: number): Buffer[] {
  const head = Buffer.alloc(HEAD_BYTES);
  const size = body.length + 5;
  const time = timeMs >>> 0;
  head[0] = VIDEO_TAG;
  head.writeUIntBE(size, 1, 3);
  head.writeUIntBE(time & 0xff_ffff, 4, 3);
  head[7] = time >>> 24;
  head[11] = KEY_AVC;
  head[12] = kind;
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(size + 11);
  return [head, body, tail];
}
