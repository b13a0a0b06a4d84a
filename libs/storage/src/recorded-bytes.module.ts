import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { LocalBytes } from './local-bytes';
import { RecordedBytes } from './recorded-bytes';

/** Where the packagers of this machine write their chunk files. */
export function mediaDirectoryOf({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return join(dataDirectory, 'media');
}

/** Reading what is on record. Needs the global configuration module. */
@Module({
  providers: [
    { provide: RecordedBytes, useFactory: (config: Config) => new LocalBytes(mediaDirectoryOf(config)), inject: [CONFIG] },
  ],
  exports: [RecordedBytes],
})
export class RecordedBytesModule {}
