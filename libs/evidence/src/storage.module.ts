import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { DiskFileStore, FileStore } from '@app/platform';

/** Where clips and stills are kept. */
@Module({
  providers: [
    { provide: FileStore, useFactory: (config: Config) => new DiskFileStore(config.storageDirectory), inject: [CONFIG] },
  ],
  exports: [FileStore],
})
export class StorageModule {}
