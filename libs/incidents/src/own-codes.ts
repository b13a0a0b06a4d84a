import type { FieldProblem } from '@app/contracts';
import { TAXONOMY, TAXONOMY_VERSION } from './taxonomy';

interface CodeRow {
  code: string;
  version: number;
  label: string;
  severity: string;
  parent_code: string | null;
}

const OWN_CODE = /^X-[A-Z0-9][A-Z0-9-]{0,15}$/;

/**
 * What a deployment did to the table of codes that it may not do. It may hide codes, and add `X-…` codes that map
 * to one of the taxonomy; the meaning of a code is the same everywhere.
 */
export function taxonomyProblems(rows: readonly CodeRow[]): FieldProblem[] {
  const known = new Map(TAXONOMY.map((entry) => [entry.code, entry]));
  return rows.flatMap((row): FieldProblem[] => {
    const meant = known.get(row.code);
    if (meant) {
      const same = row.version <= TAXONOMY_VERSION && row.label === meant.label && row.severity === meant.severity;
      return same && row.parent_code === null
        ? []
        : [{ field: row.code, rule: 'is not redefined: hide it, or add an X- code that maps to it' }];
    }
    if (!OWN_CODE.test(row.code)) return [{ field: row.code, rule: 'begins with X- when it is not of the taxonomy' }];
    const maps = row.parent_code !== null && known.has(row.parent_code);
    return maps ? [] : [{ field: row.code, rule: 'maps to a code of the taxonomy (parent_code)' }];
  });
}
