import { requireSafeName } from './file-names';
import { Malformed } from './malformed';

const LINE = /^([0-9a-f]{64}) [ *](.+)$/;

/** Reads `SHA256SUMS`: hashes (hex) by name. @throws Malformed */
export function readChecksums(text: string): Map<string, string> {
  const hashes = new Map<string, string>();
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Malformed('SHA256SUMS does not end with a line break');
  for (const [index, line] of lines.entries()) {
    const [, hash, name] = LINE.exec(line) ?? [];
    if (hash === undefined || name === undefined) throw new Malformed(`Line ${index + 1} of SHA256SUMS is none`);
    if (hashes.has(name)) throw new Malformed(`SHA256SUMS names ${name} twice`);
    hashes.set(requireSafeName(name), hash);
  }
  if (hashes.size === 0) throw new Malformed('SHA256SUMS is empty');
  return hashes;
}
