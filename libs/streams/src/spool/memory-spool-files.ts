import { SpoolFiles } from './spool-files';

/** A spool in memory, for tests. */
export class MemorySpoolFiles extends SpoolFiles {
  readonly files = new Map<string, string>();
  age = 0;
  /** What the next append does instead of its work: nothing at all, or only the first half of it. */
  nextAppend: 'fails' | 'tears' | undefined;

  async append(file: string, text: string): Promise<void> {
    const wrong = this.nextAppend;
    this.nextAppend = undefined;
    if (wrong !== 'fails')
      this.files.set(file, (this.files.get(file) ?? '') + (wrong === 'tears' ? text.slice(0, text.length / 2) : text));
    if (wrong) throw new Error('EIO');
  }

  async list(folder: string): Promise<string[]> {
    const prefix = folder === '' ? '' : `${folder}/`;
    const below = [...this.files.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    return [...new Set(below.map((name) => name.split('/')[0] ?? ''))];
  }

  async read(file: string): Promise<string> {
    const text = this.files.get(file);
    if (text === undefined) throw Object.assign(new Error(file), { code: 'ENOENT' });
    return text;
  }

  async ageMs(): Promise<number> {
    return this.age;
  }

  async remove(file: string): Promise<void> {
    this.files.delete(file);
  }

  async move(file: string, to: string): Promise<void> {
    this.files.set(to, await this.read(file));
    this.files.delete(file);
  }
}
