import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { Clock, FileStore, RoomForDerived, StatfsDiskSpace } from '@app/platform';
import { openFileStore } from '@app/storage';

/** Where clips and stills are kept, and whether there is room for what can be made later. */
@Module({
  providers: [
    { provide: FileStore, useFactory: (config: Config) => openFileStore(config), inject: [CONFIG] },
    {
      provide: RoomForDerived,
      useFactory: (config: Config, clock: Clock) =>
        new RoomForDerived(new StatfsDiskSpace(), config.storageDirectory, config.disk, clock),
      inject: [CONFIG, Clock],
    },
  ],
  exports: [FileStore, RoomForDerived],
})
export class StorageModule {}
