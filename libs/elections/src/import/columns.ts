import type { ImportProblem } from '@app/contracts';

const REQUIRED = ['code', 'name', 'region', 'timezone'] as const;
const OPTIONAL = ['address', 'lat', 'lon', 'opens_at', 'closes_at', 'count_ends_at'] as const;
type Plain = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
const PLAIN = new Set<string>([...REQUIRED, ...OPTIONAL]);
const CAMERA = /^camera([1-9]\d?)_(name|source)$/;
const MAX_CAMERAS = 64;

/** Where each column is: indexes into a row, from 0. */
export interface Columns {
  width: number;
  plain: Partial<Record<Plain, number>>;
  /** By camera number. */
  cameras: { position: number; name: number; source: number }[];
}

/** Reads the first line. Its columns may come in any order; it has no others than those we know. */
export function readColumns(header: readonly string[]): { columns: Columns; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const indexes = new Map<string, number>();
  const problem = (index: number, code: string, message: string) => problems.push({ line: 1, column: index + 1, code, message });
  header.forEach((raw, index) => {
    const name = raw.trim().toLowerCase();
    if (indexes.has(name)) problem(index, 'column.duplicate', `The column ${name} is there twice.`);
    else if (!isKnown(name)) problem(index, 'column.unknown', `There is no column "${name.slice(0, 60)}".`);
    else indexes.set(name, index);
  });
  for (const name of REQUIRED) if (!indexes.has(name)) problem(0, 'column.missing', `The column ${name} is missing.`);
  const cameras: Columns['cameras'] = [];
  for (let position = 1; position <= MAX_CAMERAS; position += 1) {
    const name = indexes.get(`camera${position}_name`);
    const source = indexes.get(`camera${position}_source`);
    if (name !== undefined && source !== undefined) cameras.push({ position, name, source });
    else if (name !== undefined || source !== undefined)
      problem(name ?? source ?? 0, 'column.missing', `camera${position}_name and camera${position}_source come together.`);
  }
  const plain = Object.fromEntries([...PLAIN].map((name) => [name, indexes.get(name)])) as Columns['plain'];
  return { columns: { width: header.length, plain, cameras }, problems };
}

function isKnown(name: string): boolean {
  const camera = CAMERA.exec(name);
  return PLAIN.has(name) || (camera !== null && Number(camera[1]) <= MAX_CAMERAS);
}
