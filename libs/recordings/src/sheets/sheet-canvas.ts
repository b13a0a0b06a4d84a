import { SCRUB_SHEET } from '@app/contracts';

const { columns, rows, width, height } = SCRUB_SHEET;
export const CANVAS = { width: columns * width, height: rows * height };

/** Planes of a 4:2:0 picture with full levels, one after the other. */
const PLANES = [
  { shrink: 1, value: 0x26 },
  { shrink: 2, value: 0x80 },
  { shrink: 2, value: 0x80 },
] as const;
export const PICTURE_BYTES = (width * height * 3) / 2;

/** Dark grey all over. */
export function emptyCanvas(): Buffer {
  return Buffer.concat(
    PLANES.map(({ shrink, value }) => Buffer.alloc((CANVAS.width * CANVAS.height) / (shrink * shrink), value)),
  );
}

/** Puts a picture of `PICTURE_BYTES` into a slot; slots go row by row. */
export function place(canvas: Buffer, picture: Buffer, slot: number): void {
  let [planeStart, pictureAt] = [0, 0];
  for (const { shrink } of PLANES) {
    const [line, length] = [CANVAS.width / shrink, width / shrink];
    const left = (slot % columns) * length;
    const top = (Math.floor(slot / columns) * height) / shrink;
    for (let y = 0; y < height / shrink; y += 1) {
      picture.copy(canvas, planeStart + (top + y) * line + left, pictureAt, pictureAt + length);
      pictureAt += length;
    }
    planeStart += line * (CANVAS.height / shrink);
  }
}
