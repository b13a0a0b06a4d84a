import { Module } from '@nestjs/common';
import { StreamsModule } from '@app/streams';
import { CameraOrigins } from './camera-origins';
import { OriginClient } from './origin-client';
import { PlaybackController } from './playback.controller';
import { Playback } from './playback.service';

@Module({
  imports: [StreamsModule],
  controllers: [PlaybackController],
  providers: [CameraOrigins, OriginClient, Playback],
})
export class PlaybackModule {}
