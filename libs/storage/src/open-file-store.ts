import type { Config } from '@app/config';
import { DiskFileStore, type FileStore } from '@app/platform';
import { RemoteFileStore } from './remote-file-store';
import { openRemoteStore } from './remote-store';

/** Where clips, stills and sheets are kept: a folder, or the bucket that footage is kept in. */
export function openFileStore({ storageDirectory, remote }: Pick<Config, 'storageDirectory' | 'remote'>): FileStore {
  return remote ? new RemoteFileStore(storageDirectory, openRemoteStore(remote, 'archive')) : new DiskFileStore(storageDirectory);
}
