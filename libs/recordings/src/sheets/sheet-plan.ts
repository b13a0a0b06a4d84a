import { SCRUB_SHEET } from '@app/contracts';
import type { KeyFrame, KeyFrames } from '../pictures/key-frames';
import type { PictureSegment } from '../pictures/picture-index';

export const SLOTS = SCRUB_SHEET.columns * SCRUB_SHEET.rows;
export const SHEET_MS = SCRUB_SHEET.seconds * 1000;
const SLOT_MS = SHEET_MS / SLOTS;

/**
 * The key frame that each slot shows: what was to be seen when its ten seconds began, or, where nothing was recorded then, the first
 * that came within them. Undefined: a slot without footage.
 * @param segments as `PictureIndex.segments` gives them for the sheet
 * @param startsAt of the sheet, epoch ms
 */
export async function framesOfSheet(
  segments: readonly PictureSegment[],
  startsAt: number,
  keyFrames: Pick<KeyFrames, 'before'>,
): Promise<(KeyFrame | undefined)[]> {
  const frames: (KeyFrame | undefined)[] = [];
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const from = startsAt + slot * SLOT_MS;
    const begins = segments.find((segment) => segment.startsAt > from && segment.keyFrames[0] === 0)?.startsAt ?? Infinity;
    const atStart = await keyFrames.before(segments, from);
    frames.push(atStart ?? (begins < from + SLOT_MS ? await keyFrames.before(segments, begins) : undefined));
  }
  return frames;
}
