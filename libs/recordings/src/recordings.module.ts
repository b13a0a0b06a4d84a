import { Module } from '@nestjs/common';
import { ElectionsModule } from '@app/elections';
import { RecordedBytesModule } from '@app/storage';
import { ArchiveLists } from './archive-lists.service';
import { TakenFootage } from './clips/taken-footage.service';
import { GapIndex } from './gaps/gap-index';
import { Uptimes } from './gaps/uptimes.service';
import { PictureIndex } from './pictures/picture-index';
import { SegmentBytes } from './pictures/segment-bytes';
import { RecordingIndex } from './recording-index';
import { SheetRepository } from './sheets/sheet-repository';
import { TimelineIndex } from './timeline-index';
import { Timelines } from './timelines.service';

/** Playback of what is on record. Needs the global configuration, database and platform modules. */
@Module({
  imports: [ElectionsModule, RecordedBytesModule],
  providers: [
    RecordingIndex,
    PictureIndex,
    SegmentBytes,
    SheetRepository,
    TimelineIndex,
    ArchiveLists,
    GapIndex,
    Timelines,
    Uptimes,
    TakenFootage,
  ],
  exports: [
    ArchiveLists,
    PictureIndex,
    RecordedBytesModule,
    RecordingIndex,
    SegmentBytes,
    SheetRepository,
    TakenFootage,
    Timelines,
    Uptimes,
  ],
})
export class RecordingsModule {}
