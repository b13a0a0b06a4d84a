import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type FfmpegCapabilities, type FfmpegTools } from './types';

const run = promisify(execFile);
const ASK_TIMEOUT_MS = 10_000;

export interface LocateOptions {
  /** FFMPEG_PATH of the configuration. Set but unusable is an error, not a reason to look elsewhere. */
  readonly ffmpegPath?: string | undefined;
  /** The PATH to search. */
  readonly path: string;
  /** The file the package ffmpeg-static names, or undefined. Asked only when needed. */
  readonly staticFile?: () => string | undefined;
}

/** No usable ffmpeg. The message names all ways to provide one. */
export class FfmpegNotFound extends Error {
  override readonly name = 'FfmpegNotFound';
  constructor(tried: readonly string[]) {
    super(
      `No usable ffmpeg was found (${tried.join('; ')}). Set FFMPEG_PATH to an ffmpeg program, or install the npm package ` +
        'ffmpeg-static where it can be downloaded, or put ffmpeg on the PATH (Debian: apt-get install ffmpeg).',
    );
  }
}

/**
 * Finds ffmpeg: FFMPEG_PATH, the file of ffmpeg-static if it is really there, `ffmpeg` on the PATH. Asks it once what it can do.
 * ffprobe is looked for beside it, then on the PATH.
 */
export async function locateFfmpeg(options: LocateOptions): Promise<FfmpegTools> {
  const tried: string[] = [];
  for (const candidate of await candidates(options)) {
    if (candidate.file === undefined) {
      tried.push(`${candidate.way}: not there`);
      continue;
    }
    const found = await askVersion(candidate.file);
    if (found.version === undefined) {
      tried.push(`${candidate.way}: ${candidate.file} ${found.problem}`);
      continue;
    }
    const beside = await executable(join(dirname(candidate.file), 'ffprobe'));
    return {
      ffmpeg: candidate.file,
      ffprobe: beside ?? (await onPath('ffprobe', options.path)),
      setpriv: await findSetpriv(options.path),
      version: found.version,
      capabilities: await askCapabilities(candidate.file),
    };
  }
  throw new FfmpegNotFound(tried);
}

interface Candidate {
  readonly way: string;
  readonly file: string | undefined;
}

async function candidates({ ffmpegPath, path, staticFile = ffmpegStaticFile }: LocateOptions): Promise<Candidate[]> {
  if (ffmpegPath) return [{ way: 'FFMPEG_PATH', file: ffmpegPath }];
  const named = staticFile();
  return [
    { way: 'ffmpeg-static', file: named === undefined ? undefined : await executable(named) },
    { way: 'PATH', file: await onPath('ffmpeg', path) },
  ];
}

/** The package is optional and its install script downloads; it names a file even where the download was skipped. */
function ffmpegStaticFile(): string | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would not compile without the package
    const named: unknown = require('ffmpeg-static');
    return typeof named === 'string' ? named : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

async function onPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const file = await executable(join(folder, name));
    if (file) return file;
  }
  return undefined;
}

async function executable(file: string): Promise<string | undefined> {
  return access(file, constants.X_OK).then(
    () => file,
    () => undefined,
  );
}

async function askVersion(file: string): Promise<{ version: string } | { version: undefined; problem: string }> {
  const answer = await ask(file, ['-hide_banner', '-version']);
  if (answer === undefined) return { version: undefined, problem: 'cannot be run' };
  const version = /^ffmpeg version (\S+)/m.exec(answer)?.[1];
  return version === undefined ? { version, problem: 'is not ffmpeg' } : { version };
}

async function askCapabilities(file: string): Promise<FfmpegCapabilities> {
  const [protocolText = '', encoderText = '', filterText = ''] = await Promise.all(
    ['-protocols', '-encoders', '-filters'].map((question) => ask(file, ['-hide_banner', question])),
  );
  const input = /Input:\s*\n([\s\S]*?)(?:\n\s*Output:|$)/.exec(protocolText)?.[1] ?? '';
  const protocols = input.split(/\s+/).filter((name) => name !== '');
  return {
    protocols,
    srt: protocols.includes('srt'),
    libx264: /^\s*\S+\s+libx264\s/m.test(encoderText),
    drawtext: /^\s*\S+\s+drawtext\s/m.test(filterText),
  };
}

/** Other programs of this name (busybox) exist that do not know the option. */
async function findSetpriv(path: string): Promise<string | undefined> {
  const file = await onPath('setpriv', path);
  if (file === undefined) return undefined;
  return (await ask(file, ['--pdeathsig', 'KILL', '--', 'true'])) === undefined ? undefined : file;
}

async function ask(file: string, args: string[]): Promise<string | undefined> {
  return run(file, args, { timeout: ASK_TIMEOUT_MS, maxBuffer: 4 << 20 }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}
