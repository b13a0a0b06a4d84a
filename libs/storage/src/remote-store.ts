import type { RemoteSettings } from '@app/config';
import type { BucketPart, ChunkStore } from './chunk-store';
import type * as S3 from './s3-chunk-store';

/** Where footage is kept besides the packagers' own disks, and where clips, stills and sheets are. */
export function openRemoteStore(settings: RemoteSettings, part: BucketPart = 'footage'): ChunkStore {
  // The SDK is large and slow to load: only who keeps footage there pays for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const { createS3Client, S3ChunkStore } = require('./s3-chunk-store') as typeof S3;
  return new S3ChunkStore(createS3Client(settings), settings, part);
}
