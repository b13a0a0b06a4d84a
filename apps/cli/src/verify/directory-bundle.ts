import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle, BundleFile } from './bundle';
import { MOST_FILES, requireSafeName } from './file-names';
import { Malformed } from './malformed';

/** An unpacked package. Links are not followed: what they lead to is not in the package. @throws Malformed */
export async function openDirectory(root: string): Promise<Bundle> {
  const files: BundleFile[] = [];
  await walk(root, '', files);
  files.sort((left, right) => (left.name < right.name ? -1 : 1));
  return {
    files,
    open: ({ name }) => createReadStream(join(root, name)),
    close: () => Promise.resolve(),
  };
}

async function walk(root: string, below: string, found: BundleFile[]): Promise<void> {
  for (const entry of await readdir(join(root, below))) {
    const name = below + entry;
    const facts = await lstat(join(root, name));
    if (facts.isDirectory()) {
      await walk(root, `${name}/`, found);
      continue;
    }
    if (!facts.isFile()) throw new Malformed(`${name} is neither a file nor a folder`);
    found.push({ name: requireSafeName(name), bytes: facts.size });
    if (found.length > MOST_FILES) throw new Malformed(`There are more than ${MOST_FILES} files`);
  }
}
