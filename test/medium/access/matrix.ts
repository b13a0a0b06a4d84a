import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES } from '@app/contracts';

export const MATRIX_FILE = 'test/medium/access-matrix.txt';
export const ROWS = ['anonymous', ...ROLES] as const;
export type Who = (typeof ROWS)[number];

/** E: with a right to everything. O: with a right to the region that is touched. F: with one to another region. */
export const REACHES = ['E', 'O', 'F'] as const;
export type Reach = (typeof REACHES)[number];

const NAME_WIDTH = 26;
const CELL_WIDTH = 11;

export function lineOf(name: string, allowed: (who: Who, reach: Reach) => boolean): string {
  const cells = ROWS.map((who) => REACHES.map((reach) => (allowed(who, reach) ? reach : '-')).join(''));
  return [name.padEnd(NAME_WIDTH), ...cells.map((cell) => cell.padEnd(CELL_WIDTH))].join(' ').trimEnd();
}

export const header = (): string => [''.padEnd(NAME_WIDTH), ...ROWS.map((who) => who.padEnd(CELL_WIDTH))].join(' ').trimEnd();

/** The lines of the file by their names. */
export function checkedInMatrix(): Map<string, string> {
  const text = readFileSync(join(__dirname, '../../..', MATRIX_FILE), 'utf8');
  const lines = text.split('\n').filter((line) => /^\w/.test(line));
  return new Map(lines.map((line) => [line.split(' ')[0] as string, line]));
}

/** What is to be done about a line that differs, in words for whoever added or changed a route. */
export function difference(name: string, found: string): string | undefined {
  const before = checkedInMatrix().get(name);
  if (before === found) return undefined;
  return before === undefined
    ? `${name} is not in ${MATRIX_FILE}. If this is who may call it, add the line:\n${found}`
    : `Who may call ${name} has changed. If that is meant, replace its line in ${MATRIX_FILE} by:\n${found}\nit was:\n${before}`;
}
