import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '@app/config';
import { DiskFileStore, DiskSpace, FileStore, StatfsDiskSpace } from '@app/platform';
import { DocsController } from './docs.controller';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { Readiness } from './readiness';
import { StorageCheck } from './storage-check';

/** What operators and programs look at: health, metrics, the description of the HTTP surface. */
@Module({})
export class OperationsModule {
  static for({ storageDirectory }: Pick<Config, 'storageDirectory'>): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [HealthController, MetricsController, DocsController],
      providers: [
        Readiness,
        Metrics,
        StorageCheck,
        { provide: FileStore, useValue: new DiskFileStore(storageDirectory) },
        { provide: DiskSpace, useClass: StatfsDiskSpace },
      ],
      exports: [Metrics],
    };
  }
}
