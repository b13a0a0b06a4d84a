import { createReadStream } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { PackedFile } from './manifest';

/** What goes into the zip: from a folder, or from memory. */
export type ZipEntry = PackedFile & ({ source: string } | { content: Buffer });

const MODE = 0o100644;

/**
 * The zip of a package as a stream: entries in the order given, stored and not compressed, so that media are found in it byte for byte.
 * Nothing in it tells about this machine.
 * @param modifiedAt of every entry; the time of the case, for our clock says nothing about it
 */
export function zipOf(entries: readonly ZipEntry[], modifiedAt: Date): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.on('error', (error: Error) => output.destroy(error));
  const options = { mtime: asLocal(modifiedAt), mode: MODE, compress: false, forceDosTimestamp: true };
  for (const entry of entries) {
    if ('content' in entry) zip.addBuffer(entry.content, entry.path, options);
    else
      zip.addReadStreamLazy(entry.path, { ...options, size: entry.bytes }, (give) => {
        const stream = createReadStream(entry.source);
        stream.once('error', (error) => output.destroy(error));
        give(null, stream);
      });
  }
  zip.end();
  zip.outputStream.pipe(output);
  return output;
}

/** Zips hold times without a zone, and the library writes this machine's: what is local here is UTC there. */
function asLocal(time: Date): Date {
  return new Date(
    time.getUTCFullYear(),
    time.getUTCMonth(),
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
  );
}
