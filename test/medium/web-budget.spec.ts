import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

const ROOT = join(__dirname, '..', '..');
const KB = 1000;

describe('what a viewer must download', () => {
  let directory: string;
  let manifest: Record<string, Chunk>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pollglass-web-'));
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    const args = [
      vite,
      'build',
      '--config',
      join(ROOT, 'apps/web/vite.config.mts'),
      '--outDir',
      directory,
      '--logLevel',
      'error',
    ];
    // NODE_ENV of the test runner would make a development build of React.
    await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } });
    manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  }, 120_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const keyOf = (source: string): string => {
    const key = Object.keys(manifest).find((name) => name === source || manifest[name]?.src === source);
    if (key === undefined) throw new Error(`${source} is not a chunk of its own: ${Object.keys(manifest).join(', ')}`);
    return key;
  };
  /** The chunk and everything that is loaded with it at once. */
  const closureOf = (...keys: string[]): Set<string> => {
    const seen = new Set<string>();
    const visit = (key: string): void => {
      if (seen.has(key)) return;
      seen.add(key);
      manifest[key]?.imports?.forEach(visit);
    };
    keys.forEach(visit);
    return seen;
  };
  const textOf = (file: string) => readFile(join(directory, file), 'utf8');
  const gzipped = async (files: Iterable<string>): Promise<number> => {
    const sizes = await Promise.all([...new Set(files)].map(async (file) => gzipSync(await textOf(file)).length));
    return sizes.reduce((sum, size) => sum + size, 0);
  };
  const scriptsOf = (keys: Set<string>) => [...keys].flatMap((key) => manifest[key]?.file ?? []);
  const without = (keys: Set<string>, loaded: Set<string>) => new Set([...keys].filter((key) => !loaded.has(key)));
  const STAFF = ['src/flags/flag-tools.tsx', 'src/flags/my-flags-page.tsx', 'src/commission/flags-page.tsx'];

  it('is at most 125 kB of script before any video', async () => {
    expect(await gzipped(scriptsOf(closureOf(keyOf('index.html'))))).toBeLessThanOrEqual(125 * KB);
  });

  it('is at most 130 kB more for the player', async () => {
    const more = without(closureOf(keyOf('src/player/live-player.ts')), closureOf(keyOf('index.html')));
    expect(await gzipped(scriptsOf(more))).toBeLessThanOrEqual(130 * KB);
  });

  it('is at most 320 kB of script for staff, the player left out', async () => {
    const staff = ['index.html', 'src/station/station-page.tsx', 'src/commission/flag-page.tsx', ...STAFF].map(keyOf);
    expect(await gzipped(scriptsOf(closureOf(...staff)))).toBeLessThanOrEqual(320 * KB);
  });

  it('is at most 25 kB of styles in all', async () => {
    expect(await gzipped(Object.values(manifest).flatMap(({ css }) => css ?? []))).toBeLessThanOrEqual(25 * KB);
  });

  it('has neither sockets nor staff screens nor schemas in what public pages load', async () => {
    const open = closureOf(keyOf('index.html'), keyOf('src/station/station-page.tsx'), keyOf('src/player/live-player.ts'));
    for (const source of STAFF) expect(open).not.toContain(keyOf(source));
    const text = (await Promise.all(scriptsOf(open).map(textOf))).join('\n');
    expect(text).not.toContain('EIO');
    expect(text).not.toContain('ZodError');
    expect(text).toContain('/stations/:code');
  });

  it('names no other host and holds nothing inline that the content security policy would stop', async () => {
    const page = await textOf('index.html');
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)/);
    const styles = await Promise.all(Object.values(manifest).flatMap(({ css }) => (css ?? []).map(textOf)));
    expect(styles.join('\n')).not.toMatch(/url\(|@import/);
  });
});
