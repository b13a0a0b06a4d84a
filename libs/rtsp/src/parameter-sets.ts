const SPS = 7;
const PPS = 8;
const MAX_SETS = 32;

/** Baseline, Main and High: 8 bits, 4:2:0. Everything else is converted before browsers play it. */
export const PLAYABLE_PROFILES: ReadonlySet<number> = new Set([66, 77, 100]);

export type SetChange = 'same' | 'first' | 'changed';

/** The parameter sets of an H.264 stream by their numbers, and the record that describes them in FLV and MP4. */
export class ParameterSets {
  private readonly sps = new Map<number, Buffer>();
  private readonly pps = new Map<number, Buffer>();

  /** Keeps a copy of an SPS or PPS (NAL unit without start code). `first`: of a number not known before. */
  put(bytes: Buffer, start: number, end: number): SetChange {
    const isSps = (bytes[start]! & 0x1f) === SPS;
    const sets = isSps ? this.sps : this.pps;
    const number = exponentialGolomb(bytes, start + (isSps ? 4 : 1), end);
    const known = sets.get(number);
    if (known && known.compare(bytes, start, end) === 0) return 'same';
    if (!known && sets.size >= MAX_SETS) return 'same';
    sets.set(number, Buffer.from(bytes.subarray(start, end)));
    return known ? 'changed' : 'first';
  }

  get complete(): boolean {
    return this.sps.size > 0 && this.pps.size > 0;
  }

  /** AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1) with NAL lengths of four bytes. Only when complete. */
  record(): Buffer {
    const [sps, pps] = [[...this.sps.values()], [...this.pps.values()]];
    const sized = (set: Buffer): Buffer[] => [Buffer.from([set.length >> 8, set.length & 0xff]), set];
    return Buffer.concat([
      Buffer.from([1]),
      sps[0]!.subarray(1, 4),
      Buffer.from([0xff, 0xe0 | Math.min(sps.length, 31)]),
      ...sps.slice(0, 31).flatMap(sized),
      Buffer.from([pps.length]),
      ...pps.flatMap(sized),
    ]);
  }
}

export const isParameterSet = (nalType: number): boolean => nalType === SPS || nalType === PPS;

/** The profile of an SPS; undefined for any other NAL unit. */
export const profileOf = (nal: Buffer): number | undefined => ((nal[0]! & 0x1f) === SPS ? nal[1] : undefined);

/** The number at `at` coded as ue(v) (H.264, 9.1); 0 for what cannot be read. */
function exponentialGolomb(bytes: Buffer, at: number, end: number): number {
  let bits = 0;
  let available = 0;
  for (let index = at; index < Math.min(at + 4, end); index += 1, available += 8) bits = bits * 256 + bytes[index]!;
  if (available === 0) return 0;
  const text = bits.toString(2).padStart(available, '0');
  const zeros = text.indexOf('1');
  return zeros === -1 || zeros > 7 ? 0 : parseInt(text.slice(zeros, zeros * 2 + 1), 2) - 1;
}
