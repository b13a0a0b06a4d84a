import { type DynamicModule, Module } from '@nestjs/common';
import { type Config, ConfigModule } from '@app/config';
import { DatabaseModule } from '@app/database';
import type { FfmpegTools } from '@app/ffmpeg';
import { IncidentsModule } from '@app/incidents';
import { type Logger, PlatformModule } from '@app/platform';
import { QueueModule } from '@app/queue';
import { RealtimeModule } from '@app/realtime';
import { GapLedgerModule } from '@app/recordings';
import { UpkeepModule } from '@app/streams';
import { ClipsModule } from './clips/clips.module';
import { ClocksProcessor } from './review/clocks.processor';
import { ScrubModule } from './scrub/scrub.module';
import { GapKeeper } from './upkeep/gap-keeper';
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
        // A clip that is being cut holds one connection for its lock.
        DatabaseModule.for(databaseUrl, logger, 8),
        QueueModule.for(databaseUrl, config.redisUrl, logger),
        RealtimeModule.for(databaseUrl, config.redisUrl, logger),
        UpkeepModule,
        IncidentsModule,
        GapLedgerModule,
        ClipsModule.for(ffmpeg),
        ScrubModule.for(ffmpeg),
      ],
      providers: [UpkeepProcessor, GapKeeper, OutageKeeper, ClocksProcessor],
    };
  }
}
