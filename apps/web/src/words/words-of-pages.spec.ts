import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '..');
/** Comes with the program, see load-words.ts. */
const FIRST = ['shell', 'time', 'start', 'errors'];

/** Static imports of ours in a file, as paths. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)[^;]*? from '(\.[^']*)';/gms)]
    .map(([, source]) => resolve(file, source as string))
    .filter((path): path is string => path !== undefined);

const resolve = (from: string, source: string): string | undefined =>
  ['.ts', '.tsx', '/index.ts'].map((end) => join(dirname(from), source) + end).find((path) => existsSync(path));

const closureOf = (file: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  importsOf(file).forEach((next) => closureOf(next, seen));
  return seen;
};

const wordsUsed = (file: string): string[] => {
  const used = [...closureOf(file)]
    .filter((path) => !path.endsWith('load-words.ts'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/['"`]([a-z]+):([a-zA-Z][\w-]*)(?=['"`.])/g)])
    .filter(([, namespace, key]) => isText(namespace as string, key as string))
    .map(([, namespace]) => namespace as string);
  return [...new Set(used)].filter((namespace) => !FIRST.includes(namespace)).sort();
};

/** Other things are written with a colon as well. */
const isText = (namespace: string, key: string): boolean => {
  const file = join(ROOT, '..', 'locales', 'en', `${namespace}.json`);
  if (!existsSync(file)) return false;
  return Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object).some((name) => name.replace(/_(one|other)$/, '') === key);
};

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );

/** `import('./x')` and the namespaces that are named for it until the end of the expression. */
const lazyParts = files(ROOT)
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.spec.'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/import\(\s*'(\.[^']*)'\s*\)([^;]*?)(?=\)[,;)]|\n\}\);)/g)].map(
      ([, source, rest]) => ({
        part: relative(ROOT, resolve(file, source as string) ?? ''),
        named: [...(rest as string).matchAll(/'([a-z]+)'/g)].map(([, name]) => name as string),
      }),
    ),
  );

describe('the texts of what is loaded when it is asked for', () => {
  it('finds the pages', () => expect(lazyParts.length).toBeGreaterThan(15));

  it('come with the program for what everybody sees first', () => {
    expect(wordsUsed(join(ROOT, 'main.tsx'))).toEqual([]);
  });

  it.each(lazyParts)('are named with $part, these and no others', ({ part, named }) => {
    // What the player says is said by the page that it plays in.
    expect([...named].sort()).toEqual(wordsUsed(join(ROOT, part)));
  });
});
