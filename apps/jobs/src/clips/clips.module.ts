import { type DynamicModule, Module } from '@nestjs/common';
import { EvidenceModule, StorageModule } from '@app/evidence';
import type { FfmpegTools } from '@app/ffmpeg';
import { IncidentsModule } from '@app/incidents';
import { ClipsProcessor } from './clips.processor';
import { LostClips } from './lost-clips';

/** Cuts clips. Needs the global configuration, database, queue, realtime and platform modules. */
@Module({})
export class ClipsModule {
  static for(tools: FfmpegTools): DynamicModule {
    return {
      module: ClipsModule,
      imports: [IncidentsModule, StorageModule, EvidenceModule.for(tools)],
      providers: [ClipsProcessor, LostClips],
    };
  }
}
