/** A camera as an address names it: the code of its station and its place there, `0412.1`. */
export interface CameraRef {
  code: string;
  position: number;
}

export const WALL_SIZES = [4, 9] as const;
export type WallSize = (typeof WALL_SIZES)[number];

/** What a wall shows, as it stands in the address. Without cameras: those of the region, a set at a time. */
export interface WallView {
  cams?: string;
  region?: string;
  set?: number;
  size?: WallSize;
  stills?: 'on' | 'off';
}

const MOST = 9;

/** Codes may have dots in them: the last one goes before the position. What is no camera is left out. */
export const camerasIn = (text: string | undefined): CameraRef[] => {
  const found = (text ?? '').split(',').flatMap((part) => {
    const [, code, position] = /^(.+)\.(\d{1,3})$/.exec(part.trim()) ?? [];
    return code === undefined || Number(position) === 0 ? [] : [{ code, position: Number(position) }];
  });
  return found.filter((camera, index) => found.findIndex((other) => nameOf(other) === nameOf(camera)) === index).slice(0, MOST);
};

export const nameOf = ({ code, position }: CameraRef): string => `${code}.${position}`;

export const textOf = (cameras: readonly CameraRef[]): string => cameras.map(nameOf).join(',');

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 500) : undefined;

/** From what stands in an address, or was kept: whatever is not understood is left out. */
export const wallViewOf = (given: Record<string, unknown>): WallView => {
  const cams = textOf(camerasIn(text(given['cams'])));
  const region = text(given['region']);
  const set = Number(given['set']);
  const size = WALL_SIZES.find((known) => known === Number(given['size']));
  const stills = (['on', 'off'] as const).find((known) => known === given['stills']);
  return {
    ...(cams !== '' && { cams }),
    ...(cams === '' && region !== undefined && region !== '' && { region }),
    ...(cams === '' && Number.isInteger(set) && set > 0 && set < 10_000 && { set }),
    ...(size !== undefined && { size }),
    ...(stills !== undefined && { stills }),
  };
};

/** The cameras of a wall when one more is put on it: in place of the chosen one where it is full. */
export const withCamera = (
  shown: readonly CameraRef[],
  added: CameraRef,
  { chosen, size }: { chosen: number; size: WallSize },
): CameraRef[] => {
  if (shown.some((camera) => nameOf(camera) === nameOf(added))) return [...shown];
  if (shown.length < size) return [...shown, added];
  return shown.slice(0, size).map((camera, index) => (index === Math.min(chosen, size - 1) ? added : camera));
};
