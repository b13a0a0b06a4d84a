import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Bundle } from './bundle';
import { checkPackage, type PackageVerdict } from './check-package';
import { openDirectory } from './directory-bundle';
import { Malformed } from './malformed';
import { verdictText } from './verdict-text';
import { openZip } from './zip-bundle';

export const EXIT = { verified: 0, altered: 1, 'declared-gaps': 2, 'undeclared-gap': 3, malformed: 5 } as const;

interface Streams {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/**
 * `pollglass verify <zip file or folder> [--json]`: checks an evidence package with nothing but itself. Needs no server, no database and no
 * network.
 * @returns the exit code: 0 verified, 1 altered, 2 verified with declared gaps, 3 a gap that is not declared, 5 no package
 */
export async function verify(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  let json = false;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
    });
    json = values.json === true;
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new Malformed('Give one zip file or folder: pollglass verify <package>');
    const verdict = await verifyPath(path);
    stdout.write(json ? `${JSON.stringify({ exit: EXIT[verdict.kind], ...verdict }, undefined, 2)}\n` : verdictText(verdict));
    return EXIT[verdict.kind];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (json) stdout.write(`${JSON.stringify({ exit: EXIT.malformed, kind: 'malformed', message }, undefined, 2)}\n`);
    else stderr.write(`MALFORMED  ${message}\n`);
    return EXIT.malformed;
  }
}

async function verifyPath(path: string): Promise<PackageVerdict> {
  const bundle = await openBundle(path);
  try {
    return await checkPackage(bundle);
  } finally {
    await bundle.close();
  }
}

async function openBundle(path: string): Promise<Bundle> {
  return (await stat(path)).isDirectory() ? await openDirectory(path) : await openZip(path);
}
