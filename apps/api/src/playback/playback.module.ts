import { type DynamicModule, Module } from '@nestjs/common';
import { FFMPEG, type LocatedFfmpeg } from '@app/elections';
import { BoundedWork, PictureIndex, SegmentBytes, RecordedStills, RecordingIndex, RecordingsModule } from '@app/recordings';
import { StreamsModule } from '@app/streams';
import { ArchiveController } from './archive.controller';
import { CameraOrigins } from './camera-origins';
import { LiveMedia } from './live-media';
import { OriginClient } from './origin-client';
import { OwnerClient } from './owner-client';
import { PlaybackController } from './playback.controller';
import { ReachableBytes } from './reachable-bytes';
import { RecordedFootage } from './recorded-footage';
import { StillsController } from './stills.controller';

/** Of one api: each takes a process for a tenth of a second. */
const STILLS = { atOnce: 2, waiting: 100 };

const recordedStills = {
  provide: RecordedStills,
  useFactory: (index: PictureIndex, recordings: RecordingIndex, bytes: SegmentBytes, ffmpeg: LocatedFfmpeg) =>
    new RecordedStills({ index, recordings, bytes, ffmpeg, work: new BoundedWork(STILLS) }),
  inject: [PictureIndex, RecordingIndex, SegmentBytes, FFMPEG],
};

@Module({})
export class PlaybackModule {
  static for(ffmpeg: LocatedFfmpeg): DynamicModule {
    return {
      module: PlaybackModule,
      imports: [RecordingsModule, StreamsModule],
      // In this order: the last one answers for every address that is left.
      controllers: [ArchiveController, StillsController, PlaybackController],
      providers: [
        ...[CameraOrigins, OriginClient, OwnerClient, LiveMedia, RecordedFootage],
        { provide: FFMPEG, useValue: ffmpeg },
        { provide: SegmentBytes, useClass: ReachableBytes },
        recordedStills,
      ],
    };
  }
}
