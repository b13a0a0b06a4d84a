/** Columns and rows of points taken out of a picture, each with the brightness of one pixel: their noise is that of the sensor. */
export const LUMA = { width: 64, height: 36 } as const;
export const LUMA_BYTES = LUMA.width * LUMA.height;

/** A picture as 64 x 36 of its pixels, 0 black to 255 white. */
export type Luma = Uint8Array;

export interface Light {
  /** Of all but its brightest tenth, 0 to 255: a burnt-in text does not count. */
  brightest: number;
  /** Between its brightest and its darkest tenth. */
  contrast: number;
}

/** Points of each side of a block that is looked at as a whole, so that the noise of a sensor is no contrast. */
const BLOCK = 4;

/** How much light and how much of a picture there is. */
export function lightOf(luma: Luma): Light {
  const blocks: number[] = [];
  for (let top = 0; top < LUMA.height; top += BLOCK)
    for (let left = 0; left < LUMA.width; left += BLOCK) blocks.push(blockMean(luma, left, top));
  blocks.sort((a, b) => a - b);
  const at = (share: number): number => blocks[Math.floor(blocks.length * share)] ?? 0;
  return { brightest: at(0.9), contrast: at(0.9) - at(0.1) };
}

function blockMean(luma: Luma, left: number, top: number): number {
  let sum = 0;
  for (let row = top; row < top + BLOCK; row += 1)
    for (let column = left; column < left + BLOCK; column += 1) sum += luma[row * LUMA.width + column] ?? 0;
  return sum / BLOCK ** 2;
}

export interface Change {
  /** Mean distance of a point from itself, in steps of brightness. */
  mean: number;
  /** Share of the points that moved by more than three steps. */
  moved: number;
}

/** Where the most changed: a clock that ticks in a picture covers less. */
const LEFT_OUT = 0.01;
const MOVED_STEPS = 3;

/** What is different between two pictures, the most different hundredth of their points left out. */
export function changeBetween(before: Luma, after: Luma): Change {
  const counts = new Uint32Array(256);
  for (let index = 0; index < LUMA_BYTES; index += 1) {
    const distance = Math.abs((before[index] ?? 0) - (after[index] ?? 0));
    counts[distance] = (counts[distance] ?? 0) + 1;
  }
  let leftOut = Math.floor(LUMA_BYTES * LEFT_OUT);
  const kept = LUMA_BYTES - leftOut;
  let [sum, moved] = [0, 0];
  for (let distance = 255; distance > 0; distance -= 1) {
    const count = counts[distance] ?? 0;
    const counted = Math.max(0, count - leftOut);
    leftOut = Math.max(0, leftOut - count);
    sum += counted * distance;
    if (distance > MOVED_STEPS) moved += counted;
  }
  return { mean: sum / kept, moved: moved / kept };
}
