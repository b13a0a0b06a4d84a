import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIG, type Config, ConfigModule } from '@app/config';
import { DatabaseModule } from '@app/database';
import { CameraSources, ElectionsModule } from '@app/elections';
import type { FfmpegTools } from '@app/ffmpeg';
import { Clock, DiskFileStore, LOGGER, type Logger, PlatformModule } from '@app/platform';
import { QueueModule } from '@app/queue';
import { Fanout, RealtimeModule } from '@app/realtime';
import { SheetRepository, SheetShedding } from '@app/recordings';
import { mediaDirectoryOf, openRemoteStore, RecordedBytesModule, StoredChunks } from '@app/storage';
import {
  LeaseRepository,
  PackagerRegistry,
  RecordingRepository,
  RetentionRepository,
  StreamsModule,
  StreamStateRepository,
  UploadRepository,
  VolumeRegistry,
} from '@app/streams';
import { DerivedHere } from './derived-here';
import { PackagerLife } from './packager-life.service';
import { assemble, RUNTIME } from './packager-runtime';
import { PackagingProcessor } from './packaging.processor';
import { PushDoor } from './push-door.service';
import { PushProcessor } from './push.processor';

export interface PackagerOptions {
  config: Config;
  databaseUrl: string;
  logger: Logger;
  tools: FfmpegTools;
}

@Module({})
export class PackagerModule {
  static for({ config, databaseUrl, logger, tools }: PackagerOptions): DynamicModule {
    return {
      module: PackagerModule,
      imports: [
        PlatformModule.for(logger),
        ConfigModule.for(config),
        DatabaseModule.for(databaseUrl, logger, 6),
        QueueModule.for(databaseUrl, config.redisUrl, logger),
        RealtimeModule.for(databaseUrl, config.redisUrl, logger),
        ElectionsModule,
        StreamsModule,
        RecordedBytesModule,
      ],
      providers: [
        {
          provide: RUNTIME,
          useFactory: (
            settings: Config,
            log: Logger,
            clock: Clock,
            sources: CameraSources,
            fanout: Fanout,
            leases: LeaseRepository,
            recording: RecordingRepository,
            retention: RetentionRepository,
            states: StreamStateRepository,
            volumes: VolumeRegistry,
            packagers: PackagerRegistry,
            stored: StoredChunks,
            index: UploadRepository,
            sheets: SheetRepository,
          ) => {
            const store = new DiskFileStore(settings.storageDirectory);
            const shedding = new SheetShedding(sheets, store);
            const derived = new DerivedHere(shedding, settings.storageDirectory, mediaDirectoryOf(settings));
            const remote = settings.remote && { store: openRemoteStore(settings.remote), stored, index };
            const database = { sources, leases, recording, retention, states, volumes, packagers };
            return assemble({
              config: settings,
              logger: log,
              clock,
              tools,
              fanout,
              derived,
              ...database,
              ...(remote && { remote }),
            });
          },
          inject: [
            CONFIG,
            LOGGER,
            Clock,
            CameraSources,
            Fanout,
            LeaseRepository,
            RecordingRepository,
            RetentionRepository,
            StreamStateRepository,
            VolumeRegistry,
            PackagerRegistry,
            StoredChunks,
            UploadRepository,
            SheetRepository,
          ],
        },
        SheetRepository,
        PackagerLife,
        PushDoor,
        PackagingProcessor,
        PushProcessor,
      ],
    };
  }
}
