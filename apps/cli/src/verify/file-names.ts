import { Malformed } from './malformed';

/** More than any package of ours has. */
export const MOST_FILES = 20_000;
const MOST_NAME_BYTES = 300;

/**
 * A name that stays in the folder it is unpacked into, on every system.
 * @throws Malformed for absolute paths, `..`, backslashes, drive letters, control characters
 */
export function requireSafeName(name: string): string {
  const problem = problemOf(name);
  if (problem) throw new Malformed(`The name ${JSON.stringify(name.slice(0, 120))} ${problem}`);
  return name;
}

function problemOf(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (Buffer.byteLength(name) > MOST_NAME_BYTES) return 'is too long';
  if (/\p{Cc}/u.test(name)) return 'holds a control character';
  if (name.includes('\\')) return 'holds a backslash';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'is an absolute path';
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'leads out of its folder';
  return undefined;
}
