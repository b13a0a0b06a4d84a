import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import type { FfmpegTools } from '@app/ffmpeg';
import { Clock, FileStore, LOGGER, type Logger } from '@app/platform';
import { RecordingsModule } from '@app/recordings';
import { RecordedBytes } from '@app/storage';
import { StorageModule } from '../storage.module';
import { WorkFolders } from '../work-folders';
import { CaseFiles } from './case-file';
import { EvidencePackages } from './evidence-package.service';
import { EvidenceRequests } from './evidence-requests.service';
import { FootageCollector } from './footage-collector';
import { IncidentCaseFiles } from './incident-case-files';
import { PackageBuilder } from './package-builder';
import { PackageIndex } from './package-index';
import { PackageJobs } from './package-jobs';
import { PackageRecord } from './package-record';
import { StillMaker } from './still-maker';

/** Ten minutes of four cameras at 4 Mbit/s, twice: as originals and as working copies; with room. Below what a zip holds without extensions. */
const MOST_BYTES = 3 * 2 ** 30;

/** Asking for packages. Needs the global database, queue, realtime and platform modules. */
@Module({ providers: [PackageJobs, PackageRecord, EvidenceRequests], exports: [PackageJobs, PackageRecord, EvidenceRequests] })
export class EvidenceRequestsModule {}

const packages = (tools: FfmpegTools) => ({
  provide: EvidencePackages,
  useFactory: (
    ...[record, cases, index, recorded, store, config, clock, logger]: [
      PackageRecord,
      CaseFiles,
      PackageIndex,
      RecordedBytes,
      FileStore,
      Config,
      Clock,
      Logger,
    ]
  ) =>
    new EvidencePackages({
      record,
      cases,
      index,
      builder: new PackageBuilder(new FootageCollector(index, recorded), new StillMaker(tools)),
      store,
      folders: new WorkFolders(join(config.dataDirectory, 'work')),
      clock,
      logger,
      mostBytes: MOST_BYTES,
    }),
  inject: [PackageRecord, CaseFiles, PackageIndex, RecordedBytes, FileStore, CONFIG, Clock, LOGGER],
});

/** Making packages. Needs the global configuration, database, queue, realtime and platform modules. */
@Module({})
export class EvidencePackagesModule {
  static for(tools: FfmpegTools): DynamicModule {
    return {
      module: EvidencePackagesModule,
      imports: [StorageModule, RecordingsModule, EvidenceRequestsModule],
      providers: [PackageIndex, { provide: CaseFiles, useClass: IncidentCaseFiles }, packages(tools)],
      exports: [EvidencePackages, EvidenceRequestsModule],
    };
  }
}
