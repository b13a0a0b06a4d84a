import type { RecordingRow } from '../recording/recording-rows';
import { readLines } from './row-line';
import type { SpoolFiles } from './spool-files';

/** Where files go whose rows the index can no longer take: for people to look at. */
export const REFUSED_FOLDER = 'refused';

export interface LeftFile {
  name: string;
  owner: string;
  rows: RecordingRow[];
  text: string;
}

/** The spools of all packagers of this machine, as another packager finds them. */
export class LeftSpools {
  constructor(private readonly disk: SpoolFiles) {}

  /** Files in the order they were written, owner by owner. @param except this packager's own folder is left out */
  async *files(except?: string): AsyncGenerator<LeftFile> {
    for (const owner of await this.disk.list('')) {
      if (owner === except || owner === REFUSED_FOLDER) continue;
      for (const name of (await this.disk.list(owner)).sort()) {
        const text = await this.read(`${owner}/${name}`);
        if (text !== undefined) yield { name: `${owner}/${name}`, owner, rows: readLines(text).rows, text };
      }
    }
  }

  /** What owners before `generation` told of a camera and could not write, in order. */
  async rowsOf(cameraId: string, generation: number): Promise<RecordingRow[]> {
    const found: RecordingRow[] = [];
    for await (const { rows } of this.files())
      found.push(...rows.filter((row) => row.cameraId === cameraId && row.generation < generation));
    return found.sort((a, b) => a.generation - b.generation);
  }

  /** Whether its owner, which was thought to be lost, has written to it since it was read. */
  async hasGrown({ name, text }: LeftFile): Promise<boolean> {
    return (await this.read(name)) !== text;
  }

  async ageMs(file: LeftFile): Promise<number> {
    return await this.disk.ageMs(file.name);
  }

  async remove(file: LeftFile): Promise<void> {
    await this.disk.remove(file.name);
  }

  async putAside(file: LeftFile): Promise<void> {
    await this.disk.move(file.name, `${REFUSED_FOLDER}/${file.name.replace('/', '-')}`);
  }

  /** Undefined: its owner has removed it meanwhile. */
  private async read(name: string): Promise<string | undefined> {
    try {
      return await this.disk.read(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
