import { type DynamicModule, Module } from '@nestjs/common';
import { FFMPEG, type LocatedFfmpeg } from '@app/elections';
import {
  BoundedWork,
  PictureIndex,
  RecordedClips,
  RecordedStills,
  RecordingIndex,
  RecordingsModule,
  ScrubSheets,
  SegmentBytes,
  SheetRepository,
} from '@app/recordings';
import { StorageModule } from '@app/evidence';
import { Clock, FileStore, RoomForDerived } from '@app/platform';
import { StreamsModule } from '@app/streams';
import { ArchiveController } from './archive.controller';
import { CameraOrigins } from './camera-origins';
import { LiveMedia } from './live-media';
import { ClipsController } from './clips.controller';
import { OriginClient } from './origin-client';
import { OwnerClient } from './owner-client';
import { PlaybackController } from './playback.controller';
import { RecordedFootage } from './recorded-footage';
import { ScrubController } from './scrub.controller';
import { StillsController } from './stills.controller';

/** Of one api: each takes a process for a tenth of a second. */
const STILLS = { atOnce: 2, waiting: 100 };

const recordedStills = {
  provide: RecordedStills,
  useFactory: (index: PictureIndex, recordings: RecordingIndex, bytes: SegmentBytes, ffmpeg: LocatedFfmpeg) =>
    new RecordedStills({ index, recordings, bytes, ffmpeg, work: new BoundedWork(STILLS) }),
  inject: [PictureIndex, RecordingIndex, SegmentBytes, FFMPEG],
};

const recordedClips = {
  provide: RecordedClips,
  useFactory: (index: PictureIndex, recordings: RecordingIndex, bytes: SegmentBytes) =>
    new RecordedClips(index, recordings, bytes),
  inject: [PictureIndex, RecordingIndex, SegmentBytes],
};

const scrubSheets = {
  provide: ScrubSheets,
  useFactory: (
    index: PictureIndex,
    sheets: SheetRepository,
    recordings: RecordingIndex,
    bytes: SegmentBytes,
    store: FileStore,
    clock: Clock,
    ffmpeg: LocatedFfmpeg,
    room: RoomForDerived,
  ) => new ScrubSheets({ index, sheets, recordings, bytes, store, clock, ffmpeg, room, isIdle: false }),
  inject: [PictureIndex, SheetRepository, RecordingIndex, SegmentBytes, FileStore, Clock, FFMPEG, RoomForDerived],
};

@Module({})
export class PlaybackModule {
  static for(ffmpeg: LocatedFfmpeg): DynamicModule {
    return {
      module: PlaybackModule,
      imports: [RecordingsModule, StorageModule, StreamsModule],
      // In this order: the last one answers for every address that is left.
      controllers: [ArchiveController, StillsController, ScrubController, ClipsController, PlaybackController],
      providers: [
        ...[CameraOrigins, OriginClient, OwnerClient, LiveMedia, RecordedFootage],
        { provide: FFMPEG, useValue: ffmpeg },
        recordedStills,
        recordedClips,
        scrubSheets,
      ],
    };
  }
}
