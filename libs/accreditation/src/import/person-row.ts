import type { z } from 'zod';
import { ApplyForAccreditation, type ImportProblem, OBSERVER_KINDS, type ObserverKind, StationCode } from '@app/contracts';
import { readLocalTime } from '@app/elections';
import type { Column, Columns } from './columns';

/** Somebody whom a commission accredits by a list. */
export interface ImportedPerson {
  line: number;
  name: string;
  email: string;
  phone: string | null;
  organisation: string;
  kind: ObserverKind;
  places: WantedPlaces;
  validFrom: Date;
  validTo: Date;
  reason: string;
}

/** As it is written in the file: regions as names from the outermost down, stations as their numbers. */
export type WantedPlaces = { kind: 'election' } | { kind: 'regions'; paths: string[][] } | { kind: 'stations'; codes: string[] };

const MAX_PLACES = 200;
const fields = ApplyForAccreditation.shape;
const RULES = {
  name: { schema: fields.name, message: 'A name has 1 to 200 characters.' },
  email: { schema: fields.email, message: 'This is no e-mail address.' },
  organisation: { schema: fields.organisation, message: 'An organisation has 1 to 200 characters.' },
  phone: { schema: fields.phone, message: 'This is no telephone number.' },
} satisfies Partial<Record<Column, { schema: z.ZodType; message: string }>>;

/** Reads one row. Every bad cell is a problem of its own; a row with any is nobody. */
export function readPerson(cells: readonly string[], columns: Columns, line: number): ImportedPerson | ImportProblem[] {
  if (cells.length !== columns.width) {
    const message = `The row has ${cells.length} cells, the first line has ${columns.width}.`;
    return [{ line, column: Math.min(cells.length, columns.width) + 1, code: 'row.length', message }];
  }
  const row = new PersonRow(cells, columns, line);
  const person = row.person();
  return row.problems.length > 0 ? row.problems : person;
}

class PersonRow {
  readonly problems: ImportProblem[] = [];

  constructor(
    private readonly cells: readonly string[],
    private readonly columns: Columns,
    private readonly line: number,
  ) {}

  person(): ImportedPerson {
    return {
      line: this.line,
      name: this.plain('name'),
      email: this.plain('email'),
      phone: this.cell('phone') === '' ? null : this.plain('phone'),
      organisation: this.plain('organisation'),
      kind: this.kind(),
      places: this.places(),
      ...this.times(),
      reason: this.reason(),
    };
  }

  private plain(column: keyof typeof RULES): string {
    const text = this.cell(column);
    const { schema, message } = RULES[column];
    if (text === '') this.bad(column, 'cell.empty', `The ${column} is missing.`);
    else if (!schema.safeParse(text).success) this.bad(column, `person.${column}`, message);
    return text;
  }

  private kind(): ObserverKind {
    const text = this.cell('kind').toLowerCase();
    const kind = OBSERVER_KINDS.find((known) => known === text);
    if (!kind) this.bad('kind', 'person.kind', `A kind is one of ${OBSERVER_KINDS.join(', ')}.`);
    return kind ?? 'citizen';
  }

  private places(): WantedPlaces {
    const [regions, stations] = [this.list('regions'), this.list('stations')];
    if (regions.length > 0 && stations.length > 0)
      this.bad('stations', 'person.places', 'A person has regions or stations, not both; with neither, the whole election.');
    if (stations.length > 0) {
      const wrong = stations.find((code) => !StationCode.safeParse(code).success);
      if (wrong !== undefined) this.bad('stations', 'person.places', 'Numbers of stations are written 0101; 0102.');
      return { kind: 'stations', codes: stations };
    }
    if (regions.length === 0) return { kind: 'election' };
    return { kind: 'regions', paths: regions.map((path) => path.split('/').map((name) => name.trim())) };
  }

  private times(): { validFrom: Date; validTo: Date } {
    const [validFrom, validTo] = [this.time('valid_from'), this.time('valid_to')];
    if (validFrom >= validTo) this.bad('valid_to', 'person.valid_to', 'valid_to is after valid_from.');
    return { validFrom, validTo };
  }

  /** An invalid date, which compares to nothing, stands for what was reported. */
  private time(column: 'valid_from' | 'valid_to'): Date {
    const text = this.cell(column);
    const read = /(Z|[+-]\d{2}:\d{2})$/.test(text) ? readLocalTime(text, 'UTC') : undefined;
    if (read?.kind === 'time') return read.at;
    this.bad(
      column,
      `person.${column}`,
      'This is no time with its zone; write one like 2026-10-25T06:00Z or 2026-10-25T07:00+01:00.',
    );
    return new Date(NaN);
  }

  private reason(): string {
    const text = this.cell('reason');
    if (text.length < 3 || text.length > 2000) this.bad('reason', 'person.reason', 'Say why, in 3 to 2,000 characters.');
    return text;
  }

  private list(column: 'regions' | 'stations'): string[] {
    const entries = this.cell(column)
      .split(';')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    if (entries.length > MAX_PLACES) this.bad(column, 'person.places', `A person has at most ${MAX_PLACES} places.`);
    return [...new Set(entries)];
  }

  private cell(column: Column): string {
    const index = this.columns.at[column];
    return index === undefined ? '' : (this.cells[index] ?? '').trim();
  }

  private bad(column: Column, code: string, message: string): void {
    this.problems.push({ line: this.line, column: (this.columns.at[column] ?? 0) + 1, code, message });
  }
}
