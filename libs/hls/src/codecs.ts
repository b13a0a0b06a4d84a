import { type Box, fieldAt, findChild } from './box';

const hex = (value: number, digits = 2): string => value.toString(16).padStart(digits, '0');

/** RFC 6381 names, from a sample entry and its configuration box. Unknown formats keep their four characters. */
export const codecOf = (bytes: Buffer, entry: Box, childrenAt: number): string => {
  const config = (type: string): Box | undefined => findChild(bytes, entry, type, childrenAt);
  const type = entry.type;
  switch (type) {
    case 'avc1':
    case 'avc3': {
      const box = config('avcC');
      return box ? `${type}.${bytes.toString('hex', fieldAt(box, 1, 3), box.content + 4)}` : type;
    }
    case 'hvc1':
    case 'hev1': {
      const box = config('hvcC');
      return box ? `${type}.${hevcProfile(bytes, box)}` : type;
    }
    case 'av01': {
      const box = config('av1C');
      return box ? `${type}.${av1Profile(bytes, box)}` : type;
    }
    case 'mp4a': {
      const box = config('esds');
      return box ? `${type}.${mpegAudio(bytes, box)}` : type;
    }
    case 'Opus':
      return 'opus';
    case 'fLaC':
      return 'flac';
    default:
      return type;
  }
};

/** ISO/IEC 14496-15, annex E.3. */
const hevcProfile = (bytes: Buffer, box: Box): string => {
  const at = fieldAt(box, 1, 12);
  const first = bytes.readUInt8(at);
  const space = ['', 'A', 'B', 'C'][first >> 6] ?? '';
  let compatible = 0;
  const flags = bytes.readUInt32BE(at + 1);
  for (let bit = 0; bit < 32; bit++) if (flags & (2 ** bit)) compatible += 2 ** (31 - bit);
  const constraints = [...bytes.subarray(at + 5, at + 11)];
  while (constraints.length > 0 && constraints.at(-1) === 0) constraints.pop();
  const tier = first & 0x20 ? 'H' : 'L';
  return [
    `${space}${first & 0x1f}`,
    compatible.toString(16).toUpperCase(),
    `${tier}${bytes.readUInt8(at + 11)}`,
    ...constraints.map((value) => value.toString(16).toUpperCase()),
  ].join('.');
};

/** AV1 in ISOBMFF, section 5. */
const av1Profile = (bytes: Buffer, box: Box): string => {
  const at = fieldAt(box, 1, 2);
  const [levels, flags] = [bytes.readUInt8(at), bytes.readUInt8(at + 1)];
  const depth = flags & 0x40 ? (flags & 0x20 ? '12' : '10') : '08';
  return `${levels >> 5}.${String(levels & 0x1f).padStart(2, '0')}${flags & 0x80 ? 'H' : 'M'}.${depth}`;
};

/** ISO/IEC 14496-1, section 7.2.6: descriptors 3 (ES) > 4 (decoder config) > 5 (decoder specific). */
const mpegAudio = (bytes: Buffer, box: Box): string => {
  let at = box.content + 4;
  let object = '';
  const next = (): number => (at < box.end ? bytes.readUInt8(at++) : 0);
  while (at < box.end) {
    const tag = next();
    let more = next();
    while (more & 0x80) more = next();
    if (tag === 3) {
      at += 2;
      const flags = next();
      at += (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
      if (flags & 0x40) at += next();
    } else if (tag === 4) {
      object = hex(next());
      at += 12;
    } else if (tag === 5) {
      const first = next();
      const short = first >> 3;
      return `${object}.${short === 31 ? 32 + (((first & 7) << 3) | (next() >> 5)) : short}`;
    } else break;
  }
  return object || '40.2';
};
