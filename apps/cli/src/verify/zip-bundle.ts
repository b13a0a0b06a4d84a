import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { Bundle, BundleFile } from './bundle';
import { Malformed } from './malformed';
import { MOST_END_BYTES, readZipDirectory, readZipEnd, type ZipEntry } from './zip-directory';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** A directory of as many files as we take, with names as long as we take. */
const MOST_DIRECTORY_BYTES = 16 * 2 ** 20;
const CHUNK_BYTES = 1 << 18;

/** A package as it was downloaded. Nothing is unpacked: files are read where they lie. @throws Malformed */
export async function openZip(path: string): Promise<Bundle> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const end = readZipEnd(await bytesAt(handle, Math.max(0, size - MOST_END_BYTES), Math.min(size, MOST_END_BYTES)), size);
    if (end.directoryBytes > MOST_DIRECTORY_BYTES) throw new Malformed('The directory of the zip file is too large');
    const entries = readZipDirectory(await bytesAt(handle, end.directoryAt, end.directoryBytes), end);
    const byName = new Map<string, ZipEntry>(entries.map((entry) => [entry.name, entry]));
    return {
      files: entries.map(({ name, bytes }) => ({ name, bytes })),
      open: (file: BundleFile) => streamOf(handle, byName.get(file.name)!),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function streamOf(handle: FileHandle, entry: ZipEntry): Readable {
  const raw = Readable.from(rawBytes(handle, entry), { objectMode: false });
  const whole = exactly(entry);
  const unpacked = entry.method === 'stored' ? new PassThrough() : createInflateRaw();
  // The error of any of them is that of the last one, which is who reads.
  pipeline(raw, unpacked, whole, () => undefined);
  return whole;
}

/** Ends with an error when more or fewer bytes come than the directory says. */
function exactly({ name, bytes }: ZipEntry): Transform {
  let come = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      come += chunk.length;
      done(come > bytes ? new Malformed(`${name} is longer than it says`) : null, chunk);
    },
    flush(done) {
      done(come < bytes ? new Malformed(`${name} is shorter than it says`) : null);
    },
  });
}

async function* rawBytes(handle: FileHandle, { name, headerAt, compressedBytes }: ZipEntry): AsyncGenerator<Buffer> {
  const header = await bytesAt(handle, headerAt, LOCAL_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw new Malformed(`${name} is not where the directory says`);
  const [nameBytes, extraBytes] = [header.readUInt16LE(26), header.readUInt16LE(28)];
  const localName = (await bytesAt(handle, headerAt + LOCAL_BYTES, nameBytes)).toString('utf8');
  // Other tools go by this name: a file with two of them shows each what it wants to see.
  if (localName !== name)
    throw new Malformed(`${name} is called ${JSON.stringify(localName.slice(0, 120))} elsewhere in the zip file`);
  let at = headerAt + LOCAL_BYTES + nameBytes + extraBytes;
  for (let left = compressedBytes; left > 0;) {
    const chunk = await bytesAt(handle, at, Math.min(left, CHUNK_BYTES));
    yield chunk;
    at += chunk.length;
    left -= chunk.length;
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Malformed('The zip file was cut short');
  return buffer;
}
