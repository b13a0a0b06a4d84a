import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { S3Place } from '@app/config';
import { type BucketPart, ChunkStore, type FileFacts, StorageUnavailable } from './chunk-store';
import { sha256OfStream } from './hash-stream';
import type { RecordedRange } from './recorded-bytes';

export { createS3Client } from './s3-client';

/** Closed files as objects of a bucket. */
export class S3ChunkStore extends ChunkStore {
  private readonly bucket: string;
  private readonly folder: string;

  constructor(
    private readonly client: S3Client,
    { bucket, prefix }: Pick<S3Place, 'bucket' | 'prefix'>,
    part: BucketPart = 'footage',
  ) {
    super();
    this.bucket = bucket;
    this.folder = `${prefix}${part}/`;
  }

  async put(name: string, path: string, facts: FileFacts): Promise<void> {
    try {
      await this.send(name, path, facts);
    } catch (error) {
      // The SDK does not send a stream twice. Most often a service has just closed a connection that was idle.
      if (!(error instanceof StorageUnavailable)) throw error;
      await this.send(name, path, facts);
    }
  }

  async verify(name: string, { bytes, sha256 }: FileFacts): Promise<boolean> {
    const head = await this.head(name);
    if (head?.ContentLength !== bytes) return false;
    // Of an object that came in pieces the service has only a hash of hashes.
    if (head.ChecksumSHA256 !== undefined && head.ChecksumType !== 'COMPOSITE')
      return Buffer.from(head.ChecksumSHA256, 'base64').toString('hex') === sha256;
    const stream = await this.read({ file: name, offset: 0, length: bytes });
    return stream !== undefined && (await sha256OfStream(stream)) === sha256;
  }

  async size(name: string): Promise<number | undefined> {
    return (await this.head(name))?.ContentLength;
  }

  async read({ file, offset, length }: RecordedRange, signal?: AbortSignal): Promise<Readable | undefined> {
    const command = new GetObjectCommand({ ...this.at(file), Range: `bytes=${offset}-${offset + length - 1}` });
    const sent = this.client.send(command, signal && { abortSignal: signal });
    const answer = await orIfNot(['NoSuchKey', 'InvalidRange'], answered(sent, signal));
    const body = answer?.Body as Readable | undefined;
    if (!body) return undefined;
    // It may break off before anybody reads it; who reads it then is told.
    body.on('error', () => undefined);
    if (answer?.ContentLength === length) return body;
    body.destroy();
    return undefined;
  }

  async remove(name: string): Promise<void> {
    await answered(this.client.send(new DeleteObjectCommand(this.at(name))));
  }

  async *list(prefix: string): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const more = token === undefined ? {} : { ContinuationToken: token };
      const asked = { Bucket: this.bucket, Prefix: this.folder + prefix, ...more };
      const page: ListObjectsV2CommandOutput = await answered(this.client.send(new ListObjectsV2Command(asked)));
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key.slice(this.folder.length);
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  private async send(name: string, path: string, { bytes, sha256 }: FileFacts): Promise<void> {
    const Body = createReadStream(path);
    try {
      // A service that knows this header compares for itself, and tells what it computed afterwards; others pass over it.
      const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
      const object = { ...this.at(name), Body, ContentLength: bytes, ContentType: typeOf(name), ChecksumSHA256 };
      await answered(this.client.send(new PutObjectCommand(object)));
    } finally {
      Body.destroy();
    }
  }

  private async head(name: string): Promise<HeadObjectCommandOutput | undefined> {
    const command = new HeadObjectCommand({ ...this.at(name), ChecksumMode: 'ENABLED' });
    return await orIfNot(['NotFound', 'NoSuchKey'], answered(this.client.send(command)));
  }

  private at(name: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: this.folder + name };
  }
}

const TYPES: Record<string, string> = { m4s: 'video/iso.segment', mp4: 'video/mp4', jpg: 'image/jpeg' };
const typeOf = (name: string): string => TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** Tells no answer, and one that asks to come again, from an answer. */
async function answered<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (signal?.aborted || (status !== undefined && status < 500)) throw error;
    throw new StorageUnavailable(error);
  }
}

/** Undefined for errors of these names. */
async function orIfNot<T>(names: readonly string[], work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (names.includes((error as Error).name)) return undefined;
    throw error;
  }
}
