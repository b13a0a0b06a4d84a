import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type S3rver from 's3rver';

/** Its only account. */
const KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

/** An S3-compatible service with one bucket, on a port and a folder of its own. */
export class TestS3 {
  private constructor(
    private readonly directory: string,
    private service: S3rver,
    readonly port: number,
  ) {}

  static async start(): Promise<TestS3> {
    const directory = await mkdtemp(join(tmpdir(), 'pollglass-s3-'));
    const service = serviceOn(0, directory);
    const { port } = await service.run();
    return new TestS3(directory, service, port);
  }

  /** The settings of a product that keeps its footage here. */
  get env(): Record<string, string> {
    return { ...KEYS, STORAGE_URL: `s3://footage?endpoint=http://127.0.0.1:${this.port}` };
  }

  /** Where the service keeps the bytes of an object. */
  pathOf(key: string): string {
    return join(this.directory, 'footage', `${key}._S3rver_object`);
  }

  /** Nobody answers any more, until `back`. */
  async away(): Promise<void> {
    this.service.httpServer.closeAllConnections();
    await this.service.close();
  }

  async back(): Promise<void> {
    this.service = serviceOn(this.port, this.directory);
    await this.service.run();
  }

  async stop(): Promise<void> {
    await this.away().catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SERVER_NOT_RUNNING') throw error;
    });
    await rm(this.directory, { recursive: true, force: true });
  }
}

function serviceOn(port: number, directory: string): S3rver {
  // Few tests need it, all load this library.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
  const Service = require('s3rver') as typeof S3rver;
  return new Service({
    port,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'footage', configs: [] }],
  });
}
