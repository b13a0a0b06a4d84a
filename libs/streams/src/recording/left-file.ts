import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileExists } from '@app/platform';
import type { ChunkStorage } from './chunk-storage';

/** More than a chunk can hold of any camera we take. */
const MAX_TAIL_BYTES = 256 * 1024 * 1024;

/**
 * Bytes that a lost packager left in a file of a run, made durable here because perhaps it did not come to that. Undefined: there is no
 * such file. @throws what the disk threw
 */
export async function readLeftFile(
  { mediaDirectory, storage }: { mediaDirectory: string; storage: ChunkStorage },
  at: { file: string; offset: number },
): Promise<Buffer | undefined> {
  const path = join(mediaDirectory, at.file);
  if (!(await fileExists(path))) return undefined;
  const handle = await open(path, 'r');
  try {
    const length = Math.min((await handle.stat()).size - at.offset, MAX_TAIL_BYTES);
    if (length <= 0) return Buffer.alloc(0);
    await handle.datasync();
    const run = dirname(at.file);
    for (const folder of [run, dirname(run), '']) await storage.syncFolder(folder);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at.offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
