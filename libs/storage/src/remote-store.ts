import type { RemoteSettings } from '@app/config';
import type { ChunkStore } from './chunk-store';
import type * as S3 from './s3-chunk-store';

/** Where footage is kept besides the packagers' own disks. */
export function openRemoteStore(settings: RemoteSettings): ChunkStore {
  // The SDK is large and slow to load: only who keeps footage there pays for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { createS3Client, S3ChunkStore } = require('./s3-chunk-store') as typeof S3;
  return new S3ChunkStore(createS3Client(settings), settings);
}
