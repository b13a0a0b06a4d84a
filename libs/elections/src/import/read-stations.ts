import { CsvError, parse } from 'csv-parse';
import type { ImportProblem } from '@app/contracts';
import { DomainError } from '@app/platform';
import type { ElectionTimes } from '../election';
import { type Columns, readColumns } from './columns';
import { type ImportedStation, readStation } from './station-row';

export const MAX_IMPORT_BYTES = 50 * 1024 * 1024;
/** So many problems are told; whoever has more fixes these first. */
export const MAX_PROBLEMS = 1_000;

export interface ReadStations {
  stations: ImportedStation[];
  problems: ImportProblem[];
}

/**
 * Reads a CSV of stations as it comes in. Collects every bad cell, up to `MAX_PROBLEMS`, and reads on after each.
 * @throws DomainError `request.too-large`
 */
export async function readStations(body: AsyncIterable<Buffer>, election: ElectionTimes): Promise<ReadStations> {
  const parser = parse({ bom: true, relax_column_count: true, info: true, max_record_size: 1_000_000 });
  const sheet = new Sheet(election);
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

class Sheet {
  readonly problems: ImportProblem[] = [];
  /** Where the next row starts. */
  nextLine = 1;
  /** Rows below a first line that cannot be read would only repeat its problems. */
  private columns: Columns | 'unreadable' | undefined;
  private readonly stations: ImportedStation[] = [];
  private readonly lines = new Map<string, number>();

  constructor(private readonly election: ElectionTimes) {}

  add(record: string[], linesSoFar: number): void {
    const line = this.nextLine;
    this.nextLine = linesSoFar + 1;
    if (record.length === 1 && record[0]?.trim() === '') return;
    if (typeof this.columns === 'object') this.addStation(readStation(record, this.columns, line, this.election));
    else this.readHeader(record);
  }

  isDone(): boolean {
    return this.columns === 'unreadable' || this.problems.length >= MAX_PROBLEMS;
  }

  result(): ReadStations {
    if (!this.columns && this.problems.length === 0)
      this.problems.push({ line: 1, column: 1, code: 'csv.empty', message: 'The file is empty.' });
    return { stations: this.stations, problems: this.problems.slice(0, MAX_PROBLEMS) };
  }

  private readHeader(record: string[]): void {
    const { columns, problems } = readColumns(record);
    this.columns = problems.length > 0 ? 'unreadable' : columns;
    this.problems.push(...problems);
  }

  private addStation(station: ImportedStation | ImportProblem[]): void {
    if (Array.isArray(station)) return void this.problems.push(...station);
    const earlier = this.lines.get(station.code);
    if (earlier === undefined) this.lines.set(station.code, station.line);
    else
      this.problems.push({
        line: station.line,
        column: 1,
        code: 'station.duplicate',
        message: `This code is on line ${earlier} too.`,
      });
    this.stations.push(station);
  }
}
