import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { orIfGone } from '@app/platform';
import type { MediaVolume, VolumeRegistry } from './volume-registry';

/** In the media folder; its content is the deployment's id and a line feed. */
export const MARKER_FILE = '.pollglass-volume';

/** The folder belongs to another deployment: recording into it would mix two records. */
export class WrongVolume extends Error {
  constructor(path: string, found: string, deploymentId: string) {
    super(
      `${path} says that this volume is of deployment ${found}, but the database is of deployment ${deploymentId}. ` +
        `Mount the right volume, or use the database that belongs to this one.`,
    );
    this.name = 'WrongVolume';
  }
}

/** Tells the mounted volume of the recording from its bare mount point, and from volumes of others, by a marker in the media folder. */
export class RecordingVolume {
  private deploymentId: string | undefined;

  constructor(
    private readonly volume: MediaVolume,
    private readonly registry: VolumeRegistry,
  ) {}

  /**
   * Marks a folder that was never recorded into. One that was, and has no marker, is left as it is: its volume is not mounted.
   * @throws WrongVolume
   */
  async open(): Promise<void> {
    const id = await this.registry.deploymentId();
    const found = await this.read();
    if (found !== undefined && found !== id) throw new WrongVolume(this.markerPath, found, id);
    this.deploymentId = id;
    if (found === undefined) {
      if (await this.registry.isKnown(this.volume)) return;
      await this.mark(id);
    }
    await this.registry.remember(this.volume);
  }

  /** False also for another deployment's volume, and before it was opened. */
  async isThere(): Promise<boolean> {
    return this.deploymentId !== undefined && (await this.read()) === this.deploymentId;
  }

  private async mark(id: string): Promise<void> {
    await mkdir(this.volume.directory, { recursive: true });
    // Whole or not at all: another packager of the machine may look at it now.
    const unfinished = `${this.markerPath}.${process.pid}`;
    const handle = await open(unfinished, 'w');
    try {
      await handle.writeFile(`${id}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, this.markerPath);
  }

  private async read(): Promise<string | undefined> {
    return (await orIfGone(readFile(this.markerPath, 'utf8')))?.trim();
  }

  private get markerPath(): string {
    return join(this.volume.directory, MARKER_FILE);
  }
}
