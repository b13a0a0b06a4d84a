import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface ProcessEntry {
  name: string;
  pid: number;
  port?: number;
  /** See `startTicksOf`; the supervisor's own entry has it. */
  startTicks?: string;
}

/** `processes.json` of the data folder: an operator or a test reads there whom to stop. Always whole: written aside and renamed. */
export class ProcessList {
  private readonly entries = new Map<string, ProcessEntry>();
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly directory: string) {}

  set(entry: ProcessEntry): Promise<void> {
    this.entries.set(entry.name, entry);
    return this.write();
  }

  remove(name: string): Promise<void> {
    this.entries.delete(name);
    return this.write();
  }

  private write(): Promise<void> {
    this.writing = this.writing.then(async () => {
      const path = join(this.directory, 'processes.json');
      await writeFile(`${path}.new`, `${JSON.stringify([...this.entries.values()], null, 2)}\n`, { mode: 0o600 });
      await rename(`${path}.new`, path);
    });
    return this.writing;
  }
}

/** What an earlier supervisor left; empty when there was none. */
export async function readProcessList(directory: string): Promise<ProcessEntry[]> {
  try {
    return JSON.parse(await readFile(join(directory, 'processes.json'), 'utf8')) as ProcessEntry[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
