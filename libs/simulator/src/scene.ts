import { createHash } from 'node:crypto';
import { type Colour, Picture, hsl, rgb } from './picture';

export type SceneKind = 'overview' | 'ballot-box';

/**
 * A drawn polling station that moves. `draw` paints the picture at `phase` (0 to 1) of the loop; phase 1 looks like
 * phase 0, so a loop has no visible seam. Laid out for 640x360 and scaled to other sizes.
 */
export interface Scene {
  draw(picture: Picture, phase: number): void;
}

const SKIN: Colour[] = [rgb(236, 188, 150), rgb(150, 100, 70), rgb(205, 155, 115), rgb(100, 66, 48)];
const WOOD = rgb(150, 105, 62);
const DARK_WOOD = rgb(104, 72, 44);
const PAPER = rgb(240, 238, 228);
const STEEL = rgb(92, 98, 106);

type Point = readonly [x: number, y: number];

/** Draws in the units of the 640x360 layout. */
class Brush {
  constructor(private readonly picture: Picture) {}

  private get scale(): number {
    return this.picture.width / 640;
  }

  rect(x: number, y: number, width: number, height: number, colour: Colour): void {
    this.picture.rect(x * this.scale, y * this.scale, width * this.scale, height * this.scale, colour);
  }

  ellipse(x: number, y: number, radiusX: number, radiusY: number, colour: Colour): void {
    this.picture.ellipse(x * this.scale, y * this.scale, radiusX * this.scale, radiusY * this.scale, colour);
  }

  /** A person whose feet stand at (x, y); `stride` swings the legs. */
  person(x: number, y: number, size: number, coat: Colour, skin: Colour, stride: number): void {
    const step = Math.sin(stride) * 7 * size;
    this.rect(x - 9 * size + step, y - 44 * size, 8 * size, 44 * size, STEEL);
    this.rect(x + 1 * size - step, y - 44 * size, 8 * size, 44 * size, STEEL);
    this.rect(x - 14 * size, y - 96 * size, 28 * size, 56 * size, coat);
    this.rect(x - 19 * size - step / 2, y - 92 * size, 7 * size, 42 * size, coat);
    this.rect(x + 12 * size + step / 2, y - 92 * size, 7 * size, 42 * size, coat);
    this.ellipse(x, y - 110 * size, 11 * size, 14 * size, skin);
  }
}

/** The station's own colour, so that no two demo stations look alike. */
function hueOf(stationCode: string): number {
  return createHash('sha256').update(stationCode).digest().readUInt16BE(0) % 360;
}

export function createScene(kind: SceneKind, stationCode: string, size: { width: number; height: number }): Scene {
  const hue = hueOf(stationCode);
  const still = new Picture(size.width, size.height);
  if (kind === 'overview') drawRoom(new Brush(still), hue);
  else drawBoxTable(new Brush(still), hue);
  const move = kind === 'overview' ? moveRoom : moveBox;
  return {
    draw(picture, phase) {
      picture.copyFrom(still);
      move(new Brush(picture), hue, phase);
    },
  };
}

function drawRoom(brush: Brush, hue: number): void {
  brush.rect(0, 0, 640, 210, hsl(hue, 0.35, 0.72));
  brush.rect(0, 205, 640, 155, hsl((hue + 30) % 360, 0.18, 0.42));
  brush.rect(0, 200, 640, 6, DARK_WOOD);
  for (const x of [210, 300]) {
    brush.rect(x, 40, 74, 84, PAPER);
    brush.rect(x + 5, 45, 64, 74, rgb(150, 196, 226));
    brush.rect(x + 35, 40, 4, 84, PAPER);
  }
  brush.rect(16, 60, 76, 150, DARK_WOOD);
  brush.rect(24, 68, 60, 142, rgb(70, 78, 88));
  for (const x of [400, 480]) {
    brush.rect(x, 96, 66, 128, WOOD);
    brush.rect(x + 6, 102, 54, 122, hsl(hue, 0.5, 0.3));
    brush.rect(x + 6, 158, 54, 6, PAPER);
  }
  brush.rect(120, 30, 56, 40, hsl((hue + 180) % 360, 0.6, 0.45));
  brush.rect(120, 43, 56, 13, PAPER);
}

/** In at the door, to the table, into a booth, to the box, and out to the right; standing still at the stops. */
const WALK: readonly { at: number; point: Point }[] = [
  { at: 0, point: [-30, 300] },
  { at: 0.18, point: [170, 318] },
  { at: 0.32, point: [170, 318] },
  { at: 0.46, point: [438, 250] },
  { at: 0.62, point: [438, 250] },
  { at: 0.74, point: [520, 322] },
  { at: 0.86, point: [520, 322] },
  { at: 1, point: [680, 330] },
];

function walk(phase: number): { point: Point; moving: boolean } {
  const next = WALK.findIndex((stop) => stop.at > phase);
  const [from, to] = [WALK[next - 1], WALK[next]];
  if (!from || !to) return { point: [-60, 300], moving: false };
  const part = (phase - from.at) / (to.at - from.at);
  const point: Point = [
    from.point[0] + (to.point[0] - from.point[0]) * part,
    from.point[1] + (to.point[1] - from.point[1]) * part,
  ];
  return { point, moving: from.point !== to.point && from.point[0] !== to.point[0] };
}

const VOTERS = 5;

function moveRoom(brush: Brush, hue: number, phase: number): void {
  const nod = Math.sin(phase * Math.PI * 8) * 2;
  brush.person(110, 292 + nod, 0.9, hsl(hue, 0.6, 0.28), SKIN[0] ?? PAPER, 0);
  brush.person(232, 292 - nod, 0.9, hsl((hue + 120) % 360, 0.5, 0.3), SKIN[1] ?? PAPER, 0);
  const voters = Array.from({ length: VOTERS }, (_, index) => ({ index, ...walk((phase + index / VOTERS) % 1) }));
  voters.sort((a, b) => a.point[1] - b.point[1]);
  const draw = (voter: (typeof voters)[number]): void => {
    const [x, y] = voter.point;
    const coat = hsl((hue + 60 + voter.index * 67) % 360, 0.55, 0.45);
    brush.person(
      x,
      y,
      0.6 + (y - 200) / 300,
      coat,
      SKIN[voter.index % SKIN.length] ?? PAPER,
      voter.moving ? phase * Math.PI * 50 : 0,
    );
  };
  voters.filter((voter) => voter.point[1] < 300).forEach(draw);
  drawTable(brush);
  voters.filter((voter) => voter.point[1] >= 300).forEach(draw);
  drawSmallBox(brush);
}

function drawTable(brush: Brush): void {
  brush.rect(70, 246, 206, 12, WOOD);
  brush.rect(78, 258, 190, 44, DARK_WOOD);
  brush.rect(96, 240, 34, 6, PAPER);
  brush.rect(200, 239, 40, 7, PAPER);
}

function drawSmallBox(brush: Brush): void {
  brush.rect(540, 300, 84, 8, WOOD);
  brush.rect(548, 308, 8, 52, DARK_WOOD);
  brush.rect(608, 308, 8, 52, DARK_WOOD);
  brush.rect(556, 250, 52, 50, rgb(196, 214, 222));
  brush.rect(560, 276, 44, 22, PAPER);
  brush.rect(552, 244, 60, 8, STEEL);
}

function drawBoxTable(brush: Brush, hue: number): void {
  brush.rect(0, 0, 640, 250, hsl((hue + 15) % 360, 0.25, 0.32));
  for (let x = 0; x < 640; x += 64) brush.rect(x, 0, 30, 250, hsl((hue + 15) % 360, 0.28, 0.27));
  brush.rect(0, 250, 640, 110, WOOD);
  brush.rect(0, 250, 640, 8, DARK_WOOD);
  brush.rect(190, 110, 260, 190, STEEL);
  brush.rect(198, 118, 244, 174, rgb(176, 200, 210));
  brush.rect(200, 232, 240, 58, PAPER);
  for (let index = 0; index < 12; index += 1) brush.rect(206 + index * 19, 226 + (index % 3) * 9, 30, 5, rgb(214, 210, 196));
  brush.rect(180, 96, 280, 18, hsl(hue, 0.5, 0.35));
  brush.rect(280, 100, 80, 6, rgb(20, 20, 22));
}

const BALLOTS = 4;

function moveBox(brush: Brush, hue: number, phase: number): void {
  const turn = phase * BALLOTS;
  const voter = Math.floor(turn) % BALLOTS;
  const part = turn % 1;
  const near = part < 0.4 ? part / 0.4 : part < 0.6 ? 1 : (1 - part) / 0.4;
  const x = 700 - near * 360;
  const coat = hsl((hue + 60 + voter * 67) % 360, 0.55, 0.42);
  const skin = SKIN[voter % SKIN.length] ?? PAPER;
  brush.rect(x + 96, 10, 130, 240, coat);
  brush.ellipse(x + 160, 4, 34, 42, skin);
  brush.rect(x + 10, 66, 110, 26, coat);
  brush.ellipse(x + 4, 80, 18, 13, skin);
  if (part < 0.5) brush.rect(x - 44, 64, 46, 30, PAPER);
  // Behind the lid the ballot is seen falling through the clear wall.
  if (part >= 0.5 && part < 0.72) brush.rect(296, 118 + (part - 0.5) * 500, 46, 8, PAPER);
  brush.rect(180, 96, 280, 18, hsl(hue, 0.5, 0.35));
  brush.rect(280, 100, 80, 6, rgb(20, 20, 22));
}
