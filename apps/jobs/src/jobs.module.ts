import { type DynamicModule, Module } from '@nestjs/common';
import { type Config, ConfigModule } from '@app/config';
import { DatabaseModule } from '@app/database';
import { StorageModule } from '@app/evidence';
import type { FfmpegTools } from '@app/ffmpeg';
import { IncidentsModule } from '@app/incidents';
import { type Logger, PlatformModule } from '@app/platform';
import { QueueModule } from '@app/queue';
import { RealtimeModule } from '@app/realtime';
import { GapLedgerModule, HoldUsage } from '@app/recordings';
import { UpkeepModule } from '@app/streams';
import { ClipsModule } from './clips/clips.module';
import { PackagesModule } from './packages/packages.module';
import { ClocksProcessor } from './review/clocks.processor';
import { ScrubModule } from './scrub/scrub.module';
import { ArchiveMover } from './upkeep/archive-mover';
import { GapKeeper } from './upkeep/gap-keeper';
import { HoldCounter } from './upkeep/hold-counter';
import { OutageKeeper } from './upkeep/outage-keeper';
import { UpkeepProcessor } from './upkeep/upkeep.processor';

export interface JobsOptions {
  config: Config;
  databaseUrl: string;
  logger: Logger;
  ffmpeg: FfmpegTools;
}

/** Short derived work. Each kind of it is a folder of its own beside `upkeep`, added here. */
@Module({})
export class JobsModule {
  static for({ config, databaseUrl, logger, ffmpeg }: JobsOptions): DynamicModule {
    return {
      module: JobsModule,
      imports: [
        PlatformModule.for(logger),
        ConfigModule.for(config),
        // A clip that is being cut, or a package that is being made, holds one connection for its lock.
        DatabaseModule.for(databaseUrl, logger, 9),
        QueueModule.for(databaseUrl, config.redisUrl, logger),
        RealtimeModule.for(databaseUrl, config.redisUrl, logger),
        UpkeepModule,
        IncidentsModule,
        GapLedgerModule,
        ClipsModule.for(ffmpeg),
        ScrubModule.for(ffmpeg),
        StorageModule,
        PackagesModule.for(ffmpeg),
      ],
      providers: [UpkeepProcessor, GapKeeper, HoldUsage, HoldCounter, ArchiveMover, OutageKeeper, ClocksProcessor],
    };
  }
}
