/** HEVC pictures out of a byte stream with start codes (ITU-T H.265, annex B), each begun by an access unit delimiter. */

export interface HevcPicture {
  key: boolean;
  nals: Buffer[];
}

const START_CODE = Buffer.from([0, 0, 1]);
export const HEVC_VPS = 32;
const HEVC_DELIMITER = 35;

export const hevcNalType = (nal: Buffer): number => ((nal[0] ?? 0) >> 1) & 0x3f;

/** Gives a picture when the delimiter of the next one has come. */
export class HevcReader {
  private rest: Buffer = Buffer.alloc(0);
  private picture: Buffer[] = [];

  push(bytes: Buffer): HevcPicture[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const pictures: HevcPicture[] = [];
    let start = this.rest.indexOf(START_CODE);
    while (start !== -1) {
      const next = this.rest.indexOf(START_CODE, start + 3);
      if (next === -1) break;
      this.take(withoutTrailingZeros(this.rest.subarray(start + 3, next)), pictures);
      start = next;
    }
    if (start > 0) this.rest = this.rest.subarray(start);
    return pictures;
  }

  private take(nal: Buffer, pictures: HevcPicture[]): void {
    if (hevcNalType(nal) === HEVC_DELIMITER) {
      // IRAP pictures have the types 16 to 23.
      const key = this.picture.some((part) => hevcNalType(part) >= 16 && hevcNalType(part) <= 23);
      if (this.picture.length > 0) pictures.push({ key, nals: this.picture });
      this.picture = [];
    } else {
      this.picture.push(nal);
    }
  }
}

function withoutTrailingZeros(nal: Buffer): Buffer {
  let end = nal.length;
  while (end > 0 && nal[end - 1] === 0) end -= 1;
  return nal.subarray(0, end);
}
