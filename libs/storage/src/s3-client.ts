import { S3Client } from '@aws-sdk/client-s3';
import type { RemoteSettings } from '@app/config';

/** A service that is away is noticed soon; the next round tries again. */
const CONNECT_MS = 3_000;
/** Between two bytes. */
const SILENCE_MS = 20_000;

const nothing = (): void => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

export function createS3Client({ endpoint, region, forcePathStyle, credentials }: RemoteSettings): S3Client {
  return new S3Client({
    region,
    forcePathStyle,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
    maxAttempts: 2,
    // Whatever fails is thrown, and told by who asked; without this the SDK prints as well.
    logger: SILENT,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    // The SHA-256 that we send ourselves is stronger than the SDK's CRC, which not every service understands.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
