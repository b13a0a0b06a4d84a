import { type DynamicModule, Module } from '@nestjs/common';
import { StorageModule } from '@app/evidence';
import type { FfmpegTools } from '@app/ffmpeg';
import { Clock, FileStore, RoomForDerived } from '@app/platform';
import { PictureIndex, RecordingIndex, RecordingsModule, ScrubSheets, SegmentBytes, SheetRepository } from '@app/recordings';
import { SheetRounds } from './sheet-rounds';
import { SheetsProcessor } from './sheets.processor';

const scrubSheets = (tools: FfmpegTools) => ({
  provide: ScrubSheets,
  useFactory: (
    index: PictureIndex,
    sheets: SheetRepository,
    recordings: RecordingIndex,
    bytes: SegmentBytes,
    store: FileStore,
    clock: Clock,
    room: RoomForDerived,
  ) => {
    const parts = { index, sheets, recordings, bytes, store, clock, room };
    return new ScrubSheets({ ...parts, ffmpeg: () => Promise.resolve(tools), isIdle: true });
  },
  inject: [PictureIndex, SheetRepository, RecordingIndex, SegmentBytes, FileStore, Clock, RoomForDerived],
});

/** Makes scrub sheets. Needs the global configuration, database, queue and platform modules. */
@Module({})
export class ScrubModule {
  static for(tools: FfmpegTools): DynamicModule {
    return {
      module: ScrubModule,
      imports: [RecordingsModule, StorageModule],
      providers: [scrubSheets(tools), SheetsProcessor, SheetRounds],
    };
  }
}
