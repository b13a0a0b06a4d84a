import { stat } from 'node:fs/promises';
import { orIfGone } from '@app/platform';
import type { DerivedFiles, Shed } from '@app/streams';

/** Derived files, as far as deleting them makes room for the recording: on another disk they are left alone. */
export class DerivedHere implements DerivedFiles {
  constructor(
    private readonly files: DerivedFiles,
    private readonly archiveDirectory: string,
    private readonly mediaDirectory: string,
  ) {}

  async shed(bytes: number): Promise<Shed> {
    const [archive, media] = [await orIfGone(stat(this.archiveDirectory)), await orIfGone(stat(this.mediaDirectory))];
    return archive && media && archive.dev === media.dev ? await this.files.shed(bytes) : { files: 0, bytes: 0 };
  }
}
