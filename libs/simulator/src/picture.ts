import { LETTER_ADVANCE, LETTER_HEIGHT, textDots } from './bitmap-font';

/** Luma and chroma, 16..235 and 16..240. */
export type Colour = readonly [y: number, u: number, v: number];

/** BT.601, limited range. Components 0..255. */
export function rgb(red: number, green: number, blue: number): Colour {
  return [
    Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  ];
}

/** `hue` in degrees, `saturation` and `lightness` 0..1. */
export function hsl(hue: number, saturation: number, lightness: number): Colour {
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return 255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return rgb(channel(0), channel(8), channel(4));
}

/** A raw picture in ffmpeg's `yuv420p`. Width and height are even. What is drawn outside is cut off. */
export class Picture {
  readonly bytes: Buffer;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.bytes = Buffer.alloc((width * height * 3) / 2, 128);
  }

  copyFrom(other: Picture): void {
    other.bytes.copy(this.bytes);
  }

  rect(left: number, top: number, width: number, height: number, [y, u, v]: Colour): void {
    const x0 = clamp(Math.round(left), this.width);
    const x1 = clamp(Math.round(left + width), this.width);
    const y0 = clamp(Math.round(top), this.height);
    const y1 = clamp(Math.round(top + height), this.height);
    for (let row = y0; row < y1; row += 1) this.bytes.fill(y, row * this.width + x0, row * this.width + x1);
    this.chroma(x0 >> 1, x1 >> 1, y0 >> 1, y1 >> 1, u, v);
  }

  ellipse(centreX: number, centreY: number, radiusX: number, radiusY: number, colour: Colour): void {
    for (let offset = -Math.floor(radiusY); offset <= radiusY; offset += 2) {
      const half = radiusX * Math.sqrt(Math.max(0, 1 - (offset / radiusY) ** 2));
      this.rect(centreX - half, centreY + offset, half * 2, 2, colour);
    }
  }

  /** Text of a 5x7 font, each dot `scale` pixels wide and high, luma only (white or black on a plain ground). */
  text(left: number, top: number, text: string, scale: number, luma: number): void {
    textDots(text, (column, row) => {
      const x0 = clamp(left + column * scale, this.width);
      const x1 = clamp(left + (column + 1) * scale, this.width);
      for (let line = 0; line < scale; line += 1) {
        const y = top + row * scale + line;
        if (y < this.height) this.bytes.fill(luma, y * this.width + x0, y * this.width + x1);
      }
    });
  }

  /** White text on a black bar of its own size. */
  label(left: number, top: number, text: string, scale: number): void {
    const width = text.length * LETTER_ADVANCE * scale + scale * 3;
    this.rect(left, top, width, (LETTER_HEIGHT + 4) * scale, rgb(0, 0, 0));
    this.text(left + scale * 2, top + scale * 2, text, scale, 235);
  }

  private chroma(x0: number, x1: number, y0: number, y1: number, u: number, v: number): void {
    const width = this.width >> 1;
    const uStart = this.width * this.height;
    const vStart = uStart + width * (this.height >> 1);
    for (let row = y0; row < y1; row += 1) {
      this.bytes.fill(u, uStart + row * width + x0, uStart + row * width + x1);
      this.bytes.fill(v, vStart + row * width + x0, vStart + row * width + x1);
    }
  }
}

const clamp = (value: number, limit: number): number => Math.max(0, Math.min(limit, value));
