import { Module } from '@nestjs/common';
import { RecordingsModule } from '@app/recordings';
import { StreamsModule } from '@app/streams';
import { ArchiveController } from './archive.controller';
import { CameraOrigins } from './camera-origins';
import { LiveMedia } from './live-media';
import { OriginClient } from './origin-client';
import { OwnerClient } from './owner-client';
import { PlaybackController } from './playback.controller';
import { RecordedFootage } from './recorded-footage';

@Module({
  imports: [RecordingsModule, StreamsModule],
  // In this order: the last one answers for every address that is left.
  controllers: [ArchiveController, PlaybackController],
  providers: [CameraOrigins, OriginClient, OwnerClient, LiveMedia, RecordedFootage],
})
export class PlaybackModule {}
