import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadConfig } from '@app/config';
import type { ImportProblem, ImportResult } from '@app/contracts';
import { DomainError } from '@app/platform';
import { withStations } from './station-access';

/** 0: imported. 1: refused, nothing was written. 2: bad arguments or settings. 3: it could not be tried. */
export type ImportExitCode = 0 | 1 | 2 | 3;

interface Streams {
  stdin: AsyncIterable<Buffer>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** `pollglass import <file.csv or -> [--dry-run] [--json]`: the same import as the operators' page, all rows or none. */
export async function importStations(
  args: readonly string[],
  env: Record<string, string | undefined>,
  { stdin, stdout, stderr }: Streams,
): Promise<ImportExitCode> {
  let given: ReturnType<typeof readArguments>;
  let config: ReturnType<typeof loadConfig>;
  try {
    given = readArguments(args);
    config = loadConfig(env);
  } catch (error) {
    stderr.write(`${messageOf(error)}\n`);
    return 2;
  }
  const { file, dryRun, json } = given;
  try {
    const rows: AsyncIterable<Buffer> = file === '-' ? stdin : (await open(file)).createReadStream();
    const result = await withStations(config, ({ stations }) => stations.import(rows, { dryRun }));
    stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : resultText(result));
    return 0;
  } catch (error) {
    if (!(error instanceof DomainError)) {
      stderr.write(`The stations could not be imported: ${messageOf(error)}\n`);
      return 3;
    }
    const problems = (error.details ?? []) as readonly ImportProblem[];
    if (json) stdout.write(`${JSON.stringify({ code: error.code, message: error.message, problems }, null, 2)}\n`);
    else stderr.write(`${error.message}\n${problems.map(problemText).join('')}`);
    return 1;
  }
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0)
    throw new Error('Give one file, or - for what is piped in: pollglass import <file.csv>');
  return { file, dryRun: values['dry-run'] === true, json: values.json === true };
}

function resultText({ dryRun, stations, cameras, push }: ImportResult): string {
  const done = `${stations} stations and ${cameras} cameras ${dryRun ? 'would be imported; nothing was written' : 'were imported'}.\n`;
  return (
    done +
    push.map(({ stationCode, cameraName, url, streamKey }) => `${stationCode}\t${cameraName}\t${url}\t${streamKey}\n`).join('')
  );
}

const problemText = ({ line, column, code, message }: ImportProblem): string =>
  `  line ${line}, column ${column}: ${message} (${code})\n`;

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}\n  because: ${error.cause.message}` : error.message;
}
