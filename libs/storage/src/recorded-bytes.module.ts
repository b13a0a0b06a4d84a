import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { LocalBytes } from './local-bytes';
import { NearestBytes } from './nearest-bytes';
import { OtherMachines } from './other-machines';
import { RecordedBytes } from './recorded-bytes';
import { RemoteBytes } from './remote-bytes';
import { openRemoteStore } from './remote-store';
import { StoredChunks } from './stored-chunks';

/** Where the packagers of this machine write their chunk files. */
export function mediaDirectoryOf({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return join(dataDirectory, 'media');
}

/** This machine's disk, the remote storage if there is one, the disks of other machines. */
export function recordedBytesOf(config: Config, stored: StoredChunks, others: OtherMachines): RecordedBytes {
  const remote = config.remote && [new RemoteBytes(openRemoteStore(config.remote), stored)];
  return new NearestBytes([new LocalBytes(mediaDirectoryOf(config)), ...(remote ?? []), others]);
}

/** Reading what is on record. Needs the global configuration, database and platform modules. */
@Module({
  providers: [
    StoredChunks,
    OtherMachines,
    { provide: RecordedBytes, useFactory: recordedBytesOf, inject: [CONFIG, StoredChunks, OtherMachines] },
  ],
  exports: [RecordedBytes, StoredChunks],
})
export class RecordedBytesModule {}
