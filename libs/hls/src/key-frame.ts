import { type Box, boxesIn, childrenOf, fieldAt, findChild } from './box';
import type { Fragment, InitSegment } from './media';

/** Before the boxes of a video sample entry: ISO/IEC 14496-12, section 12.1.3. */
const VIDEO_ENTRY_BYTES = 78;
const MOOF_HEADER_BYTES = 8;
const [DURATION, SIZE] = [0x100, 0x200];
const [DATA_OFFSET, FIRST_FLAGS] = [0x1, 0x4];

/** The AVCDecoderConfigurationRecord of the picture; undefined where it is not H.264. @throws MediaInvalid */
export function avcConfigOf(init: InitSegment): Buffer | undefined {
  const { bytes, video } = init;
  if (!video?.codec.startsWith('avc')) return undefined;
  const moov = boxNamed(bytes, 'moov');
  if (!moov) return undefined;
  for (const trak of childrenOf(bytes, moov)) {
    if (trak.type !== 'trak') continue;
    const stsd = descend(bytes, trak, ['mdia', 'minf', 'stbl', 'stsd']);
    const [entry] = stsd ? childrenOf(bytes, stsd, 8) : [];
    const config = entry?.type.startsWith('avc') ? findChild(bytes, entry, 'avcC', VIDEO_ENTRY_BYTES) : undefined;
    if (config) return bytes.subarray(config.content, config.end);
  }
  return undefined;
}

/** The first picture of a fragment that begins with a key frame, NAL units with their lengths; shares its memory. @throws MediaInvalid */
export function keyFrameOf({ bytes, independent }: Fragment, init: InitSegment): Buffer | undefined {
  if (!independent || !init.video) return undefined;
  const moof = boxNamed(bytes, 'moof');
  if (!moof) return undefined;
  for (const traf of childrenOf(bytes, moof)) {
    const tfhd = traf.type === 'traf' ? findChild(bytes, traf, 'tfhd') : undefined;
    if (!tfhd || bytes.readUInt32BE(fieldAt(tfhd, 4, 4)) !== init.video.trackId) continue;
    const trun = findChild(bytes, traf, 'trun');
    if (!trun) return undefined;
    const flags = bytes.readUInt32BE(fieldAt(trun, 0, 8)) & 0xff_ffff;
    const size = flags & SIZE ? bytes.readUInt32BE(fieldAt(trun, firstSizeAt(flags), 4)) : defaultSize(bytes, tfhd);
    if (!(flags & DATA_OFFSET)) return undefined;
    const start = moof.content - MOOF_HEADER_BYTES + bytes.readInt32BE(fieldAt(trun, 8, 4));
    if (size === undefined || size === 0 || start < moof.end || start + size > bytes.length) return undefined;
    return bytes.subarray(start, start + size);
  }
  return undefined;
}

function firstSizeAt(flags: number): number {
  return 12 + (flags & FIRST_FLAGS ? 4 : 0) + (flags & DURATION ? 4 : 0);
}

/** Of the track fragment; that of the whole track is written by no live muxer. */
function defaultSize(bytes: Buffer, tfhd: Box): number | undefined {
  const flags = bytes.readUInt32BE(fieldAt(tfhd, 0, 8)) & 0xff_ffff;
  if (!(flags & 0x10)) return undefined;
  return bytes.readUInt32BE(fieldAt(tfhd, 8 + (flags & 0x2 ? 4 : 0) + (flags & 0x8 ? 4 : 0), 4));
}

const boxNamed = (bytes: Buffer, type: string): Box | undefined =>
  [...boxesIn(bytes, 0, bytes.length)].find((box) => box.type === type);

function descend(bytes: Buffer, box: Box, path: readonly string[]): Box | undefined {
  return path.reduce<Box | undefined>((found, type) => found && findChild(bytes, found, type), box);
}
