import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '@app/config';
import { Clock, DiskSpace, FileStore, StatfsDiskSpace } from '@app/platform';
import { BucketWatch, openFileStore, openRemoteStore } from '@app/storage';
import { DocsController } from './docs.controller';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { Readiness } from './readiness';
import { BUCKET, StorageCheck } from './storage-check';

/** What operators and programs look at: health, metrics, the description of the HTTP surface. */
@Module({})
export class OperationsModule {
  static for(config: Pick<Config, 'storageDirectory' | 'remote'>): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [HealthController, MetricsController, DocsController],
      providers: [
        Readiness,
        Metrics,
        StorageCheck,
        { provide: FileStore, useFactory: () => openFileStore(config) },
        { provide: BUCKET, useFactory: (clock: Clock) => bucketOf(config, clock), inject: [Clock] },
        { provide: DiskSpace, useClass: StatfsDiskSpace },
      ],
      exports: [Metrics],
    };
  }
}

/** Undefined where footage is kept on disks only. */
function bucketOf({ remote }: Pick<Config, 'remote'>, clock: Clock): BucketWatch | undefined {
  return remote && new BucketWatch(openRemoteStore(remote), clock);
}
