import { open } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import type { Logger } from '@app/platform';
import type { IndexedSegment } from './clip-plan';

/** A whole segment from an origin on the same network; a packager that needs longer is stopped or overloaded. */
const ORIGIN_TIMEOUT_MS = 3_000;

/** How a segment could not be had; a clip counts it as missing. */
export type FootageResult = { kind: 'bytes'; bytes: Buffer } | { kind: 'missing' };

/**
 * Reads segments for one clip: from the live origin of the camera's owner, which may be another machine, else from
 * the media folder of this one. An origin that does not answer once is not asked again.
 */
export class FootageReader {
  constructor(
    private origin: string | undefined,
    private readonly mediaDirectory: string,
    private readonly logger: Logger,
  ) {}

  async read(segment: IndexedSegment): Promise<FootageResult> {
    const bytes = (await this.fromOrigin(segment)) ?? (await this.fromDisk(segment));
    return bytes ? { kind: 'bytes', bytes } : { kind: 'missing' };
  }

  private async fromOrigin(segment: IndexedSegment): Promise<Buffer | undefined> {
    if (this.origin === undefined) return undefined;
    const url = `${this.origin}/hls/${segment.cameraId}/seg/${segment.mediaSequence}.m4s`;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(ORIGIN_TIMEOUT_MS) });
      const bytes = Buffer.from(await response.arrayBuffer());
      return response.ok && isWhole(bytes, segment) ? bytes : undefined;
    } catch (error) {
      this.logger.warn({ err: error, cameraId: segment.cameraId }, 'the origin of a camera does not answer; reading from disk');
      this.origin = undefined;
      return undefined;
    }
  }

  private async fromDisk({ file, byteOffset, byteLength }: IndexedSegment): Promise<Buffer | undefined> {
    if (file === null || byteOffset === null || byteLength === null) return undefined;
    const path = normalize(join(this.mediaDirectory, file));
    if (!path.startsWith(normalize(this.mediaDirectory) + sep)) throw new Error(`File name leaves the media folder: ${file}`);
    const bytes = await readRange(path, byteOffset, byteLength);
    return bytes?.length === byteLength ? bytes : undefined;
  }
}

function isWhole(bytes: Buffer, segment: IndexedSegment): boolean {
  return segment.byteLength === null ? bytes.length > 0 : bytes.length === segment.byteLength;
}

async function readRange(path: string, offset: number, length: number): Promise<Buffer | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
