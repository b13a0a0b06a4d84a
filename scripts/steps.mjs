/** What both commands do before the real work: nothing of npm may be needed here, for npm's packages may not be there yet. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MINIMUM_NODE = [20, 19];
const DOT_EVERY_MS = 1000;

/** A step that cannot be done, in words for the person at the terminal. */
export class StepFailed extends Error {}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
    throw new StepFailed(`Pollglass needs Node.js ${MINIMUM_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  }
}

/** Runs a command and shows that it is alive; its output appears only when it fails. */
export async function step(title, command, args, options = {}) {
  process.stdout.write(`${title} `);
  const { seconds, failure } = await withDots(() => run(title, command, args, options));
  process.stdout.write(` ${seconds} s\n`);
  if (failure) throw failure;
}

/** Runs commands beside each other, `[title, command, args]` each. All of them end before any failure is told. */
export async function stepsTogether(steps) {
  const results = await withDots(() =>
    Promise.all(
      steps.map(async ([title, command, args]) => {
        const result = await run(title, command, args);
        process.stdout.write(` ${title} ${result.seconds} s\n`);
        return result;
      }),
    ),
  );
  const failures = results.flatMap(({ failure }) => failure ?? []);
  if (failures.length > 0) throw new StepFailed(failures.map(({ message }) => message).join('\n'));
}

/** @returns how long it took and, when the command failed, what it said. */
async function run(title, command, args, options = {}) {
  const began = Date.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  return {
    seconds,
    ...(code !== 0 && { failure: new StepFailed(`${title} failed (exit code ${code}):\n${Buffer.concat(output)}`) }),
  };
}

async function withDots(work) {
  const dots = setInterval(() => process.stdout.write('.'), DOT_EVERY_MS);
  return await work().finally(() => clearInterval(dots));
}

/** npm ci, unless node_modules already is what the lock file says. */
export async function installPackages() {
  const stamp = join(ROOT, 'node_modules', '.pollglass-lock');
  const wanted = hashOf([join(ROOT, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const npm = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  await step('Installing packages', npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund'], { env: withoutNpmSettings() });
  writeFileSync(stamp, wanted);
}

/** ffmpeg by the setting, by ffmpeg-static, on PATH, or installed where that needs no question. */
export async function installFfmpeg() {
  const { FFMPEG_PATH } = process.env;
  if (FFMPEG_PATH) {
    if (!isExecutable(FFMPEG_PATH))
      throw new StepFailed(`FFMPEG_PATH is ${FFMPEG_PATH}, which is not a program that can be run.`);
    return;
  }
  if (isExecutable(join(ROOT, 'node_modules', 'ffmpeg-static', 'ffmpeg')) || onPath('ffmpeg')) return;
  await installSystemPackages(
    { ffmpeg: 'ffmpeg' },
    'or set FFMPEG_PATH to an ffmpeg, or let npm install the optional package ffmpeg-static',
  );
}

/**
 * Installs the missing programs with apt as root; otherwise says what to install.
 * @param programs program on PATH → Debian package
 */
export async function installSystemPackages(programs, otherWays = '') {
  const missing = Object.entries(programs).filter(([program]) => !onPath(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, name]) => name))];
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new StepFailed(
      `Not on this machine: ${missing.map(([program]) => program).join(', ')}. Install with your package manager (Debian: apt-get install ${packages.join(' ')})${otherWays && `, ${otherWays}`}.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Updating the package lists', 'apt-get', ['update', '-q'], { env });
  await step(`Installing ${packages.join(', ')}`, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    env,
  });
}

/** Compiles server and web app, unless dist already is what the sources say. @param beside steps that are run with it */
export async function build(beside = []) {
  const stamp = join(ROOT, 'dist', '.sources');
  const wanted = hashOf(sourceFiles());
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return await stepsTogether(beside);
  await step('Clearing what was built before', process.execPath, [join(ROOT, 'scripts', 'clean-dist.mjs')]);
  await stepsTogether([
    ['Building the server', bin('nest'), ['build']],
    ['Building the web app', bin('vite'), ['build', '--config', 'apps/web/vite.config.mts']],
    ...beside,
  ]);
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** A program that npm installed. */
export const bin = (name) => join(ROOT, 'node_modules', '.bin', name);

export function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder && isExecutable(join(folder, program)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not ours to run: the same to the caller
  }
}

function sourceFiles() {
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'].map((name) => join(ROOT, name));
  return [
    ...settings,
    ...['apps', 'libs', join('test', 'bench'), join('test', 'chaos')].flatMap((folder) => filesBelow(join(ROOT, folder))),
  ];
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** npm hands its settings to scripts as variables; handed on to an inner npm they would change what it does. */
function withoutNpmSettings() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(?!registry|cache|userconfig|globalconfig)|package_|lifecycle)/i.test(name),
    ),
  );
}

/** Runs `main` and turns a failed step into words and an exit code. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exit(1);
  }
}
