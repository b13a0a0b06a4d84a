import type { FaultCode } from '@app/contracts';
import { changeBetween, lightOf, type Luma } from './luma';

export interface PictureFinding {
  fault: Extract<FaultCode, 'picture-black' | 'picture-still'>;
  /** When the first picture of this kind was taken, epoch ms. */
  sinceMs: number;
}

/** Looks in a row that make a picture black, and that make it one again. */
const BLACK_LOOKS = 2;
/** Below: black. Above the second: a picture again. Steps of brightness. */
const DARK = { below: 32, again: 40 };
/** Below: one surface, a hand or a paper before the lens. */
const FLAT = { below: 6, again: 10 };
/** A living sensor changes more, however still the room is: see ADR 16. */
const STILL = { mean: 0.25, moved: 0.004 };
const STILL_FOR_MS = 8_000;
/** Two pictures further apart say nothing of the time between them. */
const TOO_FAR_MS = 12_000;

interface Stretch {
  sinceMs: number;
  looks: number;
}

/** Says of a camera's pictures, one every few seconds, whether they are black and whether they stand still. */
export class PictureJudge {
  private last: { luma: Luma; atMs: number } | undefined;
  private black: Stretch | undefined;
  private clear: Stretch | undefined;
  private still: Stretch | undefined;
  private isBlack = false;

  /** @param atMs epoch ms of the picture. @returns what is wrong with the picture now */
  look(luma: Luma, atMs: number): PictureFinding | undefined {
    this.weighLight(luma, atMs);
    this.weighChange(luma, atMs);
    this.last = { luma, atMs };
    if (this.isBlack && this.black) return { fault: 'picture-black', sinceMs: this.black.sinceMs };
    // A black picture may stand still as it likes.
    if (this.black || !this.still || this.still.looks < 2 || atMs - this.still.sinceMs < STILL_FOR_MS) return undefined;
    return { fault: 'picture-still', sinceMs: this.still.sinceMs };
  }

  private weighLight(luma: Luma, atMs: number): void {
    const { brightest, contrast } = lightOf(luma);
    const side = this.isBlack ? 'again' : 'below';
    if (brightest < DARK[side] || contrast < FLAT[side]) {
      this.black = longer(this.black, atMs);
      this.clear = undefined;
      this.isBlack ||= this.black.looks >= BLACK_LOOKS;
      return;
    }
    this.clear = longer(this.clear, atMs);
    if (this.isBlack && this.clear.looks < BLACK_LOOKS) return;
    this.isBlack = false;
    this.black = undefined;
  }

  private weighChange(luma: Luma, atMs: number): void {
    const { last } = this;
    if (!last || atMs - last.atMs > TOO_FAR_MS || atMs < last.atMs) {
      this.still = undefined;
      return;
    }
    const { mean, moved } = changeBetween(last.luma, luma);
    if (mean >= STILL.mean || moved >= STILL.moved) this.still = undefined;
    else this.still = { sinceMs: this.still?.sinceMs ?? last.atMs, looks: (this.still?.looks ?? 0) + 1 };
  }
}

const longer = (stretch: Stretch | undefined, atMs: number): Stretch =>
  stretch ? { ...stretch, looks: stretch.looks + 1 } : { sinceMs: atMs, looks: 1 };
