import { type DynamicModule, Module } from '@nestjs/common';
import { DiskFileStore, FileStore } from '@app/platform';
import { DocsController } from './docs.controller';
import { HealthController } from './health.controller';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import { Readiness } from './readiness';

/** What operators and programs look at: health, metrics, the description of the HTTP surface. */
@Module({})
export class OperationsModule {
  static for(storageDirectory: string): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [HealthController, MetricsController, DocsController],
      providers: [Readiness, Metrics, { provide: FileStore, useValue: new DiskFileStore(storageDirectory) }],
      exports: [Metrics],
    };
  }
}
