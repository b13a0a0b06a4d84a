import { type Colour, type Picture, rgb } from './picture';

/**
 * The UTC of a picture in black and white blocks along its top edge: 2 rows of 32 blocks, each row a 24th of the
 * picture's height. 8 bits of a fixed mark, 44 bits of milliseconds since 1970, 12 bits of check sum. Blocks this big
 * survive any compression and scaling that leaves the picture recognisable.
 */
const COLUMNS = 32;
const ROWS = 2;
const ROWS_PER_PICTURE = 24;
const MARK = 0b10110010n;
const BLACK: Colour = rgb(0, 0, 0);
const WHITE: Colour = rgb(255, 255, 255);

/** How high the strip is, as a share of the picture's height. */
export const CLOCK_STRIP_SHARE = ROWS / ROWS_PER_PICTURE;

function checkOf(time: bigint): bigint {
  return ((time & 0xfffn) ^ ((time >> 12n) & 0xfffn) ^ ((time >> 24n) & 0xfffn) ^ (time >> 36n) ^ 0x5a5n) & 0xfffn;
}

/** `utcMs` is an integer below 2^44 (the year 2527). */
export function drawClockStrip(picture: Picture, utcMs: number): void {
  const time = BigInt(utcMs);
  const word = (MARK << 56n) | (time << 12n) | checkOf(time);
  const width = picture.width / COLUMNS;
  const height = picture.height / ROWS_PER_PICTURE;
  for (let index = 0; index < COLUMNS * ROWS; index += 1) {
    const on = (word >> BigInt(63 - index)) & 1n;
    picture.rect((index % COLUMNS) * width, Math.floor(index / COLUMNS) * height, width, height, on ? WHITE : BLACK);
  }
}

/** RGBA pixels from the top left corner on, four bytes each: a canvas's ImageData, or any top part of it that holds the strip. */
export interface ClockPixels {
  data: ArrayLike<number>;
  width: number;
  /** Height of the whole picture, also when `data` holds only its top. */
  height: number;
}

/** The UTC milliseconds a picture shows; undefined when it shows no strip, or a damaged one. */
export function readClockStrip(pixels: ClockPixels): number | undefined {
  let word = 0n;
  for (let index = 0; index < COLUMNS * ROWS; index += 1) {
    const x = Math.floor((((index % COLUMNS) + 0.5) * pixels.width) / COLUMNS);
    const y = Math.floor(((Math.floor(index / COLUMNS) + 0.5) * pixels.height) / ROWS_PER_PICTURE);
    word = (word << 1n) | (brightness(pixels, x, y) > 127 ? 1n : 0n);
  }
  const time = (word >> 12n) & ((1n << 44n) - 1n);
  if (word >> 56n !== MARK || (word & 0xfffn) !== checkOf(time)) return undefined;
  return Number(time);
}

/** Mean of the nine pixels around a point. */
function brightness(pixels: ClockPixels, x: number, y: number): number {
  let sum = 0;
  for (let row = y - 1; row <= y + 1; row += 1) {
    for (let column = x - 1; column <= x + 1; column += 1) {
      const at = (row * pixels.width + column) * 4;
      sum += ((pixels.data[at] ?? 0) + (pixels.data[at + 1] ?? 0) + (pixels.data[at + 2] ?? 0)) / 3;
    }
  }
  return sum / 9;
}
