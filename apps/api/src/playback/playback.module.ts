import { Module } from '@nestjs/common';
import { StreamsModule } from '@app/streams';
import { CameraOrigins } from './camera-origins';
import { LiveMedia } from './live-media';
import { OriginClient } from './origin-client';
import { OwnerClient } from './owner-client';
import { PlaybackController } from './playback.controller';

@Module({
  imports: [StreamsModule],
  controllers: [PlaybackController],
  providers: [CameraOrigins, OriginClient, OwnerClient, LiveMedia],
})
export class PlaybackModule {}
