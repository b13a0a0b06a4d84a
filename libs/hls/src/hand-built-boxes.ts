/** Boxes built by hand, for tests of the parser. */
const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
};

export const box = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
};

/** The same box with a 64-bit size. */
export const wideBox = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([u32(1), Buffer.from(type, 'latin1'), u32(0, body.length + 16), body]);
};

export interface TrackShape {
  readonly id: number;
  readonly handler: 'vide' | 'soun' | 'text';
  readonly timescale: number;
  readonly entry?: Buffer;
  readonly defaultDuration?: number;
  readonly defaultFlags?: number;
}

const avcC = box('avcC', Buffer.from([1, 0x64, 0x00, 0x1f, 0xff]));
const esds = box(
  'esds',
  Buffer.from([0, 0, 0, 0, 3, 22, 0, 1, 0, 4, 17, 0x40, 0x15, ...new Array<number>(11).fill(0), 5, 2, 0x11, 0x90]),
);

export const videoEntry = (type = 'avc1', config = avcC): Buffer => {
  const fixed = Buffer.alloc(78);
  fixed.writeUInt16BE(640, 24);
  fixed.writeUInt16BE(360, 26);
  return box(type, fixed, config);
};

export const audioEntry = (type = 'mp4a', config = esds): Buffer => box(type, Buffer.alloc(28), config);

const trak = ({ id, handler, timescale, entry }: TrackShape): Buffer => {
  const described = entry ?? (handler === 'vide' ? videoEntry() : audioEntry());
  const stbl = box('stbl', box('stsd', u32(0, 1), described));
  const hdlr = box('hdlr', u32(0, 0), Buffer.from(handler), Buffer.alloc(13));
  return box(
    'trak',
    box('tkhd', u32(0, 0, 0, id), Buffer.alloc(68)),
    box('mdia', box('mdhd', u32(0, 0, 0, timescale, 0, 0)), hdlr, box('minf', stbl)),
  );
};

const trex = ({ id, defaultDuration = 0, defaultFlags = 0 }: TrackShape): Buffer =>
  box('trex', u32(0, id, 1, defaultDuration, 0, defaultFlags));

export const VIDEO: TrackShape = { id: 1, handler: 'vide', timescale: 90_000 };
export const AUDIO: TrackShape = { id: 2, handler: 'soun', timescale: 48_000, defaultDuration: 1024 };

export const ftyp = (): Buffer => box('ftyp', Buffer.from('isom'), u32(512));

export const moov = (...tracks: TrackShape[]): Buffer => box('moov', ...tracks.map(trak), box('mvex', ...tracks.map(trex)));

export const SYNC = 0x0200_0000;
export const NON_SYNC = 0x0101_0000;

export interface TrafShape {
  readonly trackId: number;
  readonly time: number | bigint;
  /** Durations of the samples; with `perSample` in trun, else counted with the default. */
  readonly samples: readonly number[];
  readonly perSample?: boolean;
  /** Of the first sample only. */
  readonly firstFlags?: number;
  /** Of each sample, in trun. */
  readonly flags?: number;
  /** In tfhd. */
  readonly defaultFlags?: number;
  readonly defaultDuration?: number;
  readonly baseOffset?: boolean;
}

const traf = (shape: TrafShape): Buffer => {
  const { trackId, time, samples, perSample = true, firstFlags, flags, defaultFlags, defaultDuration, baseOffset } = shape;
  const optional = [
    baseOffset ? [0, 0] : [],
    defaultDuration === undefined ? [] : [defaultDuration],
    defaultFlags === undefined ? [] : [defaultFlags],
  ];
  const headFlags =
    0x2_0000 | (baseOffset ? 1 : 0) | (defaultDuration === undefined ? 0 : 8) | (defaultFlags === undefined ? 0 : 0x20);
  const tfdt =
    typeof time === 'bigint'
      ? box('tfdt', u32(0x0100_0000, Number(time >> 32n), Number(time & 0xffff_ffffn)))
      : box('tfdt', u32(0, time));
  const runFlags = 1 | (firstFlags === undefined ? 0 : 4) | (perSample ? 0x100 : 0) | (flags === undefined ? 0 : 0x400);
  const table = samples.flatMap((duration) => [...(perSample ? [duration] : []), ...(flags === undefined ? [] : [flags])]);
  const trun = box('trun', u32(runFlags, samples.length, 0, ...(firstFlags === undefined ? [] : [firstFlags]), ...table));
  return box('traf', box('tfhd', u32(headFlags, trackId, ...optional.flat())), tfdt, trun);
};

export const moof = (...trafs: TrafShape[]): Buffer => box('moof', box('mfhd', u32(0, 1)), ...trafs.map(traf));

export const mdat = (length: number): Buffer => box('mdat', Buffer.alloc(length, 7));
