import { ConfigError } from '@app/config';
import { code } from './code';
import { fsck } from './fsck/fsck';
import { prepare } from './prepare';
import { start } from './start';
import { importStations } from './stations/import-stations';
import { simulateStations } from './stations/simulate-stations';
import { verify } from './verify/verify';

const USAGE = `pollglass <command>

  start      run everything on this machine (what npm start does)
  prepare    bring the database of DATABASE_URL up to date and make the first administrator, then end
  fsck       compare the recording with its index: [--camera <id>] [--from <time> --to <time>] [--repair-index] [--json];
             ends with 0 when it is clean, 1 when something was found, 2 for bad arguments, 3 when it could not be checked
  verify     check an evidence package, offline: <zip file or folder> [--json]; ends with 0 when it is verified, 1 altered,
             2 verified with declared gaps, 3 a gap that is not declared, 5 when it is no package
  import     stations and their cameras from a file: <stations.csv, or - for what is piped in> [--dry-run] [--json]; all rows or
             none: ends with 0 when they were imported, 1 when rows are wrong, 2 for bad arguments, 3 when it could not be tried
  simulate   register made-up stations and stream their cameras until Ctrl-C: --stations <n> [--cameras-per-station <n>]
  code <role>  what an authenticator app of that demo account would show now

Settings are environment variables; README.md lists them.`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main([command = 'start', ...args]: string[]): Promise<void> {
  switch (command) {
    case 'start':
      return start(process.env, print);
    case 'prepare':
      return prepare(process.env, print);
    case 'fsck':
      process.exitCode = await fsck(args, process.env, process);
      return;
    case 'verify':
      process.exitCode = await verify(args, process);
      return;
    case 'import':
      process.exitCode = await importStations(args, process.env, process);
      return;
    case 'simulate':
      process.exitCode = await simulateStations(args, process.env, process);
      return;
    case 'code':
      process.exitCode = await code(args, process.env, process);
      return;
    case 'help':
    case '--help':
      return print(USAGE);
    default:
      process.stderr.write(`There is no command ${command}.\n\n${USAGE}\n`);
      process.exitCode = 2;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`\n${describe(error)}\n`);
  process.exit(1);
});

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n  because: ${error.cause.message}` : '';
  return `Pollglass could not start: ${error.message}${cause}`;
}
