import type { ImportProblem } from '@app/contracts';

const REQUIRED = ['name', 'email', 'organisation', 'kind', 'valid_from', 'valid_to', 'reason'] as const;
const OPTIONAL = ['phone', 'regions', 'stations'] as const;
export type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];
const KNOWN = new Set<string>([...REQUIRED, ...OPTIONAL]);

/** Where each column is, from 0. */
export interface Columns {
  width: number;
  at: Partial<Record<Column, number>>;
}

/** Reads the first line. Its columns may come in any order; it has no others than those we know. */
export function readColumns(header: readonly string[]): { columns: Columns; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const at = new Map<string, number>();
  const problem = (index: number, code: string, message: string) => problems.push({ line: 1, column: index + 1, code, message });
  header.forEach((raw, index) => {
    const name = raw.trim().toLowerCase();
    if (at.has(name)) problem(index, 'column.duplicate', `The column ${name} is there twice.`);
    else if (!KNOWN.has(name)) problem(index, 'column.unknown', `There is no column "${name.slice(0, 60)}".`);
    else at.set(name, index);
  });
  for (const name of REQUIRED) if (!at.has(name)) problem(0, 'column.missing', `The column ${name} is missing.`);
  return { columns: { width: header.length, at: Object.fromEntries(at) }, problems };
}
