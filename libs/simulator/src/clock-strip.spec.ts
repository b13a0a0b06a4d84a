import { type ClockPixels, drawClockStrip, readClockStrip } from './clock-strip';
import { Picture } from './picture';

/** As a canvas would give it, scaled by the nearest pixel. */
function canvasOf(picture: Picture, width = picture.width, height = picture.height): ClockPixels & { data: Uint8ClampedArray } {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const source = Math.floor((y * picture.height) / height) * picture.width + Math.floor((x * picture.width) / width);
      data.fill(picture.bytes[source] ?? 0, (y * width + x) * 4, (y * width + x) * 4 + 4);
    }
  }
  return { data, width, height };
}

describe(readClockStrip.name, () => {
  const picture = new Picture(320, 240);

  it.each([0, 1, Date.UTC(2026, 10, 22, 12, 34, 56, 789), 2 ** 44 - 1])('reads %d back', (utcMs) => {
    drawClockStrip(picture, utcMs);
    expect(readClockStrip(canvasOf(picture))).toBe(utcMs);
  });

  it.each([
    [640, 480],
    [211, 158],
    [1920, 1440],
  ])('reads a picture that is shown at %d x %d', (width, height) => {
    drawClockStrip(picture, 1_795_348_496_789);
    expect(readClockStrip(canvasOf(picture, width, height))).toBe(1_795_348_496_789);
  });

  it('does not believe a strip with a damaged block', () => {
    drawClockStrip(picture, 1_795_348_496_789);
    const canvas = canvasOf(picture);
    const column = 170;
    for (let row = 0; row < 10; row += 1) {
      const at = (row * 320 + column) * 4;
      canvas.data.fill((canvas.data[at] ?? 0) > 127 ? 0 : 255, at - 20, at + 40);
    }
    expect(readClockStrip(canvas)).toBeUndefined();
  });

  it('sees no clock in a plain picture', () => {
    expect(readClockStrip(canvasOf(new Picture(320, 240)))).toBeUndefined();
  });
});
