import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import type { FfmpegTools } from '@app/ffmpeg';
import { Clock, FileStore, LOGGER, type Logger } from '@app/platform';
import { RecordedBytes, RecordedBytesModule } from '@app/storage';
import { ClipCutter } from './clip-cutter';
import { ClipRecord } from './clip-record';
import { ClipService } from './clip.service';
import { FootageIndex } from './footage-index';
import { StorageModule } from './storage.module';
import { WorkFolders } from './work-folders';

const workFolders = {
  provide: WorkFolders,
  useFactory: (config: Config) => new WorkFolders(join(config.dataDirectory, 'work')),
  inject: [CONFIG],
};

const clipService = (tools: FfmpegTools) => ({
  provide: ClipService,
  useFactory: (
    recorded: RecordedBytes,
    record: ClipRecord,
    index: FootageIndex,
    store: FileStore,
    folders: WorkFolders,
    clock: Clock,
    logger: Logger,
  ) =>
    new ClipService({
      record,
      index,
      store,
      folders,
      clock,
      logger,
      cutter: new ClipCutter(tools),
      recorded,
    }),
  inject: [RecordedBytes, ClipRecord, FootageIndex, FileStore, WorkFolders, Clock, LOGGER],
});

/** Making clips. Needs the global configuration, database, realtime and platform modules. */
@Module({})
export class EvidenceModule {
  static for(tools: FfmpegTools): DynamicModule {
    return {
      module: EvidenceModule,
      imports: [StorageModule, RecordedBytesModule],
      providers: [ClipRecord, FootageIndex, workFolders, clipService(tools)],
      exports: [ClipService, WorkFolders],
    };
  }
}
