import { CsvError, parse } from 'csv-parse';
import type { ImportProblem } from '@app/contracts';
import { DomainError } from '@app/platform';

export const MAX_IMPORT_BYTES = 50 * 1024 * 1024;
/** So many problems are told; whoever has more fixes these first. */
export const MAX_PROBLEMS = 1_000;

/** What the rows of one kind of import mean. `C`: where its columns are; `R`: a row that was read. */
export interface SheetRules<C, R> {
  /** Reads the first line. With any problem the rows below it are not read: they would only repeat it. */
  columns(header: readonly string[]): { columns: C; problems: ImportProblem[] };
  /** Reads one row. Every bad cell is a problem of its own; a row with any is none. */
  row(cells: readonly string[], columns: C, line: number): R | ImportProblem[];
  /** What no two rows may share, and how a second one is told; `column` counts from 1. */
  identity(row: R, columns: C): { key: string; column: number; code: string; what: string };
}

/**
 * Reads a CSV as it comes in. Collects every bad cell, up to `MAX_PROBLEMS`, and reads on after each.
 * @throws DomainError `request.too-large`
 */
export async function readSheet<C, R>(
  body: AsyncIterable<Buffer>,
  rules: SheetRules<C, R>,
): Promise<{ rows: R[]; problems: ImportProblem[] }> {
  const parser = parse({ bom: true, relax_column_count: true, info: true, max_record_size: 1_000_000 });
  const sheet = new Sheet(rules);
  const feeding = feed(body, parser);
  // The parser's own end reports what went wrong while feeding, too; this keeps the rejection from being unhandled.
  feeding.catch((error: unknown) => parser.destroy(error as Error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      sheet.add(record, info.lines);
      if (sheet.isDone()) break;
    }
    await feeding;
  } catch (error) {
    const problem = toProblem(error, sheet.nextLine);
    if (!problem) throw error;
    sheet.problems.push(problem);
  }
  return sheet.result();
}

async function feed(body: AsyncIterable<Buffer>, parser: ReturnType<typeof parse>): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_IMPORT_BYTES) throw new DomainError('request.too-large', `An import has at most ${MAX_IMPORT_BYTES} bytes.`);
    if (parser.destroyed) return;
    if (!parser.write(decoder.decode(chunk, { stream: true }))) await drained(parser);
  }
  parser.end(decoder.decode());
}

/** Until the parser takes more, or is gone. */
function drained(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      parser.off('drain', done);
      parser.off('close', done);
      resolve();
    };
    parser.on('drain', done);
    parser.on('close', done);
  });
}

function toProblem(error: unknown, line: number): ImportProblem | undefined {
  if (error instanceof CsvError) return { line, column: 1, code: 'csv.malformed', message: csvMessage(error) };
  const { code } = error as { code?: string };
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return {
      line,
      column: 1,
      code: 'csv.encoding',
      message: 'The file is not UTF-8. The first wrong character comes after this line.',
    };
  return undefined;
}

/** The parser's own messages repeat the cell, which may hold a password. */
function csvMessage({ code }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'A quoted cell that begins in this row never ends.';
  if (code === 'CSV_MAX_RECORD_SIZE') return 'The row is longer than a megabyte.';
  return 'A quote stands where none may be: quote the whole cell, and write a quote inside it twice.';
}

class Sheet<C, R> {
  readonly problems: ImportProblem[] = [];
  /** Where the next row starts. */
  nextLine = 1;
  private columns: { is: 'to come' } | { is: 'unreadable' } | { is: 'known'; columns: C } = { is: 'to come' };
  private readonly rows: R[] = [];
  private readonly lines = new Map<string, number>();

  constructor(private readonly rules: SheetRules<C, R>) {}

  add(record: string[], linesSoFar: number): void {
    const line = this.nextLine;
    this.nextLine = linesSoFar + 1;
    if (record.length === 1 && record[0]?.trim() === '') return;
    if (this.columns.is === 'known') this.addRow(this.rules.row(record, this.columns.columns, line), this.columns.columns, line);
    else this.readHeader(record);
  }

  isDone(): boolean {
    return this.columns.is === 'unreadable' || this.problems.length >= MAX_PROBLEMS;
  }

  result(): { rows: R[]; problems: ImportProblem[] } {
    if (this.columns.is === 'to come' && this.problems.length === 0)
      this.problems.push({ line: 1, column: 1, code: 'csv.empty', message: 'The file is empty.' });
    return { rows: this.rows, problems: this.problems.slice(0, MAX_PROBLEMS) };
  }

  private readHeader(record: string[]): void {
    const { columns, problems } = this.rules.columns(record);
    this.columns = problems.length > 0 ? { is: 'unreadable' } : { is: 'known', columns };
    this.problems.push(...problems);
  }

  private addRow(row: R | ImportProblem[], columns: C, line: number): void {
    if (Array.isArray(row)) return void this.problems.push(...row);
    const { key, column, code, what } = this.rules.identity(row, columns);
    const earlier = this.lines.get(key);
    if (earlier === undefined) this.lines.set(key, line);
    else this.problems.push({ line, column, code, message: `This ${what} is on line ${earlier} too.` });
    this.rows.push(row);
  }
}

/** @throws DomainError `import.invalid` with up to `MAX_PROBLEMS` problems, when there is any */
export function refuseProblems(problems: ImportProblem[]): void {
  if (problems.length === 0) return;
  const shown = problems.slice(0, MAX_PROBLEMS);
  const first = shown[0] as ImportProblem;
  const count =
    problems.length >= MAX_PROBLEMS
      ? `${MAX_PROBLEMS} or more problems`
      : problems.length === 1
        ? 'a problem'
        : `${problems.length} problems`;
  throw new DomainError(
    'import.invalid',
    `Nothing was imported: the file has ${count}, the first on line ${first.line}, column ${first.column}: ${first.message}`,
    shown,
  );
}
