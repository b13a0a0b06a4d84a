import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { Clock, DiskFileStore, FileStore, RoomForDerived, StatfsDiskSpace } from '@app/platform';

/** Where clips and stills are kept, and whether there is room for what can be made later. */
@Module({
  providers: [
    { provide: FileStore, useFactory: (config: Config) => new DiskFileStore(config.storageDirectory), inject: [CONFIG] },
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
