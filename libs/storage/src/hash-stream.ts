import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** hex. @throws what the stream fails with */
export async function sha256OfStream(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
