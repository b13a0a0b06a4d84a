import { MOST_FILES, requireSafeName } from './file-names';
import { Malformed } from './malformed';

/** A file of a zip as its central directory tells of it. Offsets and lengths in bytes. */
export interface ZipEntry {
  name: string;
  bytes: number;
  compressedBytes: number;
  method: 'stored' | 'deflated';
  /** Of its local header. */
  headerAt: number;
}

/** What the end of a zip says about its directory. */
export interface ZipEnd {
  entries: number;
  directoryAt: number;
  directoryBytes: number;
}

export const END_BYTES = 22;
/** The end record and the longest comment. */
export const MOST_END_BYTES = END_BYTES + 0xffff;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const ENCRYPTED = 0x1;
const METHODS: Record<number, ZipEntry['method']> = { 0: 'stored', 8: 'deflated' };
/** Upper half of the external attributes: the mode of Unix. */
const KIND_MASK = 0o170000;
const LINK = 0o120000;
/** All files together, unpacked: more than we make, less than fills a disk. */
const MOST_BYTES = 8 * 2 ** 30;
/** What deflate can do at most is 1032:1; media and hashes are nowhere near it. */
const MOST_RATIO = 200;

/** @param tail the last bytes of the file. @throws Malformed */
export function readZipEnd(tail: Buffer, fileBytes: number): ZipEnd {
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE || at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const [entries, directoryBytes, directoryAt] = [
      tail.readUInt16LE(at + 10),
      tail.readUInt32LE(at + 12),
      tail.readUInt32LE(at + 16),
    ];
    if (entries === 0xffff || directoryAt === 0xffffffff) throw new Malformed('The zip file is larger than a package can be');
    if (tail.readUInt16LE(at + 4) !== 0) throw new Malformed('The zip file has several parts');
    if (directoryAt + directoryBytes > fileBytes - (tail.length - at))
      throw new Malformed('The directory of the zip file lies outside it');
    if (entries > MOST_FILES) throw new Malformed(`There are more than ${MOST_FILES} files`);
    return { entries, directoryAt, directoryBytes };
  }
  throw new Malformed('This is no zip file, or it was cut short');
}

/** The files of a zip; folders are left out. @throws Malformed for links, encryption, doubled or unsafe names, bombs */
export function readZipDirectory(directory: Buffer, { entries: count, directoryAt }: ZipEnd): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE)
      throw new Malformed('The directory of the zip file is broken');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const end = at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
    if (end > directory.length) throw new Malformed('The directory of the zip file is broken');
    const entry = readEntry(directory, at, nameBytes);
    if (entry) entries.push(entry);
    at = end;
  }
  requireSound(entries, directoryAt);
  return entries;
}

function readEntry(directory: Buffer, at: number, nameBytes: number): ZipEntry | undefined {
  const name = directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
  const mode = directory.readUInt32LE(at + 38) >>> 16;
  if ((mode & KIND_MASK) === LINK) throw new Malformed(`${JSON.stringify(name)} is a link`);
  if (name.endsWith('/')) {
    requireSafeName(name.slice(0, -1));
    return undefined;
  }
  requireSafeName(name);
  if ((directory.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new Malformed(`${name} is encrypted`);
  const method = METHODS[directory.readUInt16LE(at + 10)];
  if (!method) throw new Malformed(`${name} is compressed in a way that is not known`);
  const [compressedBytes, bytes, headerAt] = [20, 24, 42].map((offset) => directory.readUInt32LE(at + offset)) as [
    number,
    number,
    number,
  ];
  if (method === 'stored' && compressedBytes !== bytes) throw new Malformed(`${name} has two lengths`);
  if (bytes > 4_096 && bytes > compressedBytes * MOST_RATIO) throw new Malformed(`${name} would grow beyond measure`);
  return { name, bytes, compressedBytes, method, headerAt };
}

function requireSound(entries: readonly ZipEntry[], directoryAt: number): void {
  // Systems that do not tell cases apart would write one over the other.
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  if (names.size !== entries.length) throw new Malformed('Two files have the same name');
  if (entries.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_BYTES)
    throw new Malformed('The files are larger than a package can be');
  let reached = 0;
  for (const { name, headerAt, compressedBytes } of [...entries].sort((left, right) => left.headerAt - right.headerAt)) {
    if (headerAt < reached) throw new Malformed(`${name} lies over another file`);
    reached = headerAt + compressedBytes;
  }
  if (reached > directoryAt) throw new Malformed('A file reaches into the directory of the zip file');
}
