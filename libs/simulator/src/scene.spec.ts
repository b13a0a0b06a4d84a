import { Picture } from './picture';
import { type SceneKind, createScene } from './scene';

const size = { width: 640, height: 360 };

function pictureOf(kind: SceneKind, station: string, phase: number): Buffer {
  const picture = new Picture(size.width, size.height);
  createScene(kind, station, size).draw(picture, phase);
  return picture.bytes;
}

/** Share of the bytes that differ visibly. */
function difference(a: Buffer, b: Buffer): number {
  return a.filter((byte, index) => Math.abs(byte - (b[index] ?? 0)) > 10).length / a.length;
}

describe(createScene.name, () => {
  it.each(['overview', 'ballot-box'] as const)('draws an %s that moves and ends as it began', (kind) => {
    expect(difference(pictureOf(kind, '0412', 0.1), pictureOf(kind, '0412', 0.2))).toBeGreaterThan(0.005);
    expect(difference(pictureOf(kind, '0412', 0), pictureOf(kind, '0412', 0.99999))).toBeLessThan(0.002);
  });

  it('shows the two cameras of a station and two stations differently', () => {
    expect(difference(pictureOf('overview', '0412', 0), pictureOf('ballot-box', '0412', 0))).toBeGreaterThan(0.5);
    expect(difference(pictureOf('overview', '0412', 0), pictureOf('overview', '0777', 0))).toBeGreaterThan(0.1);
  });
});

describe(Picture.name, () => {
  it('writes text without a font of the system, accents left off', () => {
    const dotsOf = (text: string): Buffer => {
      const picture = new Picture(64, 16);
      picture.text(0, 0, text, 1, 235);
      return picture.bytes;
    };
    expect(dotsOf('Élan')).toEqual(dotsOf('ELAN'));
    expect(dotsOf('0412')).not.toEqual(dotsOf('0413'));
    expect(dotsOf('語')).not.toEqual(dotsOf(' '));
  });

  it('cuts off what is drawn outside', () => {
    const picture = new Picture(32, 16);
    picture.rect(-10, -10, 100, 100, [16, 90, 240]);
    picture.label(20, 10, 'LONG TEXT', 2);
    expect(picture.bytes).toHaveLength((32 * 16 * 3) / 2);
    expect(picture.bytes[0]).toBe(16);
  });
});
