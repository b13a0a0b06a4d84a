/**
 * A 5x7 letter is five columns, lowest bit on top. Our own, because a bare machine has no font for ffmpeg's drawtext.
 * Lower case is drawn as upper case, accents are left off, and what is not in the table becomes a box.
 */
const COLUMNS: Record<string, string> = {
  ' ': '0000000000',
  '!': '00005f0000',
  '#': '147f147f14',
  '&': '3649562050',
  "'": '0000070000',
  '(': '001c224100',
  ')': '0041221c00',
  '+': '08083e0808',
  ',': '0040300000',
  '-': '0808080808',
  '.': '0000606000',
  '/': '2010080402',
  '0': '3e5149453e',
  '1': '00427f4000',
  '2': '7249494946',
  '3': '2141494d33',
  '4': '1814127f10',
  '5': '2745454539',
  '6': '3c4a494931',
  '7': '4121110907',
  '8': '3649494936',
  '9': '464949291e',
  ':': '0000360000',
  '?': '0201590906',
  _: '4040404040',
  A: '7c1211127c',
  B: '7f49494936',
  C: '3e41414122',
  D: '7f4141413e',
  E: '7f49494941',
  F: '7f09090901',
  G: '3e41415173',
  H: '7f0808087f',
  I: '00417f4100',
  J: '2040413f01',
  K: '7f08142241',
  L: '7f40404040',
  M: '7f021c027f',
  N: '7f0408107f',
  O: '3e4141413e',
  P: '7f09090906',
  Q: '3e4151215e',
  R: '7f09192946',
  S: '2649494932',
  T: '01017f0101',
  U: '3f4040403f',
  V: '1f2040201f',
  W: '3f4038403f',
  X: '6314081463',
  Y: '0304780403',
  Z: '6151494543',
};
const BOX = '7f4141417f';

export const LETTER_HEIGHT = 7;
/** Five columns and one of space. */
export const LETTER_ADVANCE = 6;

/** Calls `dot(column, row)` for every set dot of a line of text, in unscaled dots from its top left corner. */
export function textDots(text: string, dot: (column: number, row: number) => void): void {
  const letters = [...text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()];
  letters.forEach((letter, index) => {
    const columns = Buffer.from(COLUMNS[letter] ?? BOX, 'hex');
    columns.forEach((bits, column) => {
      for (let row = 0; row < LETTER_HEIGHT; row += 1) if (bits & (1 << row)) dot(index * LETTER_ADVANCE + column, row);
    });
  });
}
