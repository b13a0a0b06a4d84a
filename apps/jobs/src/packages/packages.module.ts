import { type DynamicModule, Module } from '@nestjs/common';
import { EvidencePackagesModule } from '@app/evidence';
import type { FfmpegTools } from '@app/ffmpeg';
import { LostPackages } from './lost-packages';
import { PackagesProcessor } from './packages.processor';

/** Makes evidence packages. Needs the global configuration, database, queue, realtime and platform modules. */
@Module({})
export class PackagesModule {
  static for(tools: FfmpegTools): DynamicModule {
    return {
      module: PackagesModule,
      imports: [EvidencePackagesModule.for(tools)],
      providers: [PackagesProcessor, LostPackages],
    };
  }
}
