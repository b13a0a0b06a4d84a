import { boxesIn, childrenOf, fieldAt, findChild, requireChild } from './box';
import { readInit } from './init-segment';
import { TICKS_PER_SECOND } from './media';
import { MediaInvalid } from './media-invalid';

/** A part of the file that begins with whole fragments and is made of nothing else. */
export interface FilePart {
  byteLength: number;
  /** 90 kHz. */
  duration: number;
  /** A decoder may start here. */
  independent: boolean;
}

const FULL_BOX_VERSION_1 = 0x0100_0000;
const MEHD_BYTES = 20;
const STARTS_WITH_SAP_TYPE_1 = 0x9000_0000;

/**
 * What stands before the parts in one MP4 file that is played and sought in from its beginning on: the init segment with the whole
 * duration (mehd) and an index of the parts (sidx). ISO/IEC 14496-12, sections 8.8.2 and 8.16.3.
 * @throws MediaInvalid
 */
export function fragmentedFileHead(init: Buffer, parts: readonly FilePart[]): Buffer {
  const total = parts.reduce((sum, { duration }) => sum + duration, 0);
  return Buffer.concat([withDuration(init, total / TICKS_PER_SECOND), sidx(readInit(init).mainTrackId, parts)]);
}

function withDuration(init: Buffer, seconds: number): Buffer {
  const moov = [...boxesIn(init, 0, init.length)].find(({ type }) => type === 'moov');
  if (!moov) throw new MediaInvalid('box-missing', 'no moov');
  const mvex = requireChild(init, moov, 'mvex');
  const mvhd = requireChild(init, moov, 'mvhd');
  const timescale = init.readUInt32BE(fieldAt(mvhd, init.readUInt8(fieldAt(mvhd, 0, 1)) === 1 ? 20 : 12, 4));
  const box = mehd(Math.round(seconds * timescale));
  const old = findChild(init, mvex, 'mehd');
  const [before, after] = old ? [old.content - 8, old.end] : [mvex.content, mvex.content];
  const whole = Buffer.concat([init.subarray(0, before), box, init.subarray(after)]);
  const longer = box.length - (after - before);
  for (const { content } of [moov, mvex]) whole.writeUInt32BE(whole.readUInt32BE(content - 8) + longer, content - 8);
  return whole;
}

function mehd(duration: number): Buffer {
  const box = Buffer.alloc(MEHD_BYTES);
  box.writeUInt32BE(box.length);
  box.write('mehd', 4, 'latin1');
  box.writeUInt32BE(FULL_BOX_VERSION_1, 8);
  box.writeBigUInt64BE(BigInt(duration), 12);
  return box;
}

function sidx(trackId: number, parts: readonly FilePart[]): Buffer {
  const box = Buffer.alloc(40 + 12 * parts.length);
  box.writeUInt32BE(box.length);
  box.write('sidx', 4, 'latin1');
  box.writeUInt32BE(FULL_BOX_VERSION_1, 8);
  box.writeUInt32BE(trackId, 12);
  box.writeUInt32BE(TICKS_PER_SECOND, 16);
  // Presentation begins at 0, the first part right behind this box: both fields stay 0.
  box.writeUInt16BE(parts.length, 38);
  parts.forEach(({ byteLength, duration, independent }, index) => {
    const at = 40 + 12 * index;
    box.writeUInt32BE(byteLength, at);
    box.writeUInt32BE(Math.round(duration), at + 4);
    box.writeUInt32BE(independent ? STARTS_WITH_SAP_TYPE_1 : 0, at + 8);
  });
  return box;
}

/** When the first fragment of these begins, seconds: the earliest of its tracks. @throws MediaInvalid */
export function firstDecodeSeconds(fragments: Buffer, init: Buffer): number {
  const { tracks } = readInit(init);
  const [first] = [...boxesIn(fragments, 0, fragments.length)].filter(({ type }) => type === 'moof');
  if (!first) throw new MediaInvalid('box-missing', 'no moof');
  const starts = decodeTimesOf(fragments, first).map(({ trackId, time }) => {
    const track = tracks.get(trackId);
    return track ? Number(time) / track.timescale : Infinity;
  });
  return Math.min(...starts);
}

/** Moves all fragments, in place, by so many seconds; none begins before 0. @throws MediaInvalid */
export function moveFragments(fragments: Buffer, init: Buffer, seconds: number): void {
  const { tracks } = readInit(init);
  for (const moof of boxesIn(fragments, 0, fragments.length)) {
    if (moof.type !== 'moof') continue;
    for (const { trackId, time, at, isLong } of decodeTimesOf(fragments, moof)) {
      const moved = time + BigInt(Math.round(seconds * (tracks.get(trackId)?.timescale ?? 0)));
      const kept = moved < 0n ? 0n : moved;
      if (isLong) fragments.writeBigUInt64BE(kept, at);
      else fragments.writeUInt32BE(Number(kept), at);
    }
  }
}

interface DecodeTime {
  trackId: number;
  time: bigint;
  /** Where it stands. */
  at: number;
  isLong: boolean;
}

function decodeTimesOf(bytes: Buffer, moof: { type: string; content: number; end: number }): DecodeTime[] {
  return [...childrenOf(bytes, moof)].flatMap((traf) => {
    if (traf.type !== 'traf') return [];
    const [tfhd, tfdt] = [requireChild(bytes, traf, 'tfhd'), requireChild(bytes, traf, 'tfdt')];
    const isLong = bytes.readUInt8(fieldAt(tfdt, 0, 4)) === 1;
    const at = fieldAt(tfdt, 4, isLong ? 8 : 4);
    const time = isLong ? bytes.readBigUInt64BE(at) : BigInt(bytes.readUInt32BE(at));
    return [{ trackId: bytes.readUInt32BE(fieldAt(tfhd, 4, 4)), time, at, isLong }];
  });
}
