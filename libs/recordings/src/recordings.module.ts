import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { ElectionsModule } from '@app/elections';
import { ArchiveLists } from './archive-lists.service';
import { GapIndex } from './gaps/gap-index';
import { Uptimes } from './gaps/uptimes.service';
import { RecordingIndex } from './recording-index';
import { StoredMedia } from './stored-media';
import { TimelineIndex } from './timeline-index';
import { Timelines } from './timelines.service';

/** Playback of what is on record. Needs the global configuration, database and platform modules. */
@Module({
  imports: [ElectionsModule],
  providers: [
    RecordingIndex,
    TimelineIndex,
    ArchiveLists,
    GapIndex,
    Timelines,
    Uptimes,
    // As the packagers of this machine use it.
    {
      provide: StoredMedia,
      useFactory: (config: Config) => new StoredMedia(join(config.dataDirectory, 'media')),
      inject: [CONFIG],
    },
  ],
  exports: [ArchiveLists, RecordingIndex, StoredMedia, Timelines, Uptimes],
})
export class RecordingsModule {}
