import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileKind, PackedFile } from './manifest';

export type StagedFile = PackedFile & { kind: FileKind };

/** A package would be larger than we make: asking again does not help. */
export class PackageTooLarge extends Error {
  constructor(readonly mostBytes: number) {
    super(`The package would hold more than ${Math.floor(mostBytes / 2 ** 20)} MiB`);
    this.name = 'PackageTooLarge';
  }
}

/** The files of a package as they are made, in a folder, each hashed while it is written. */
export class Staging {
  readonly files: StagedFile[] = [];
  private bytes = 0;

  constructor(
    readonly folder: string,
    private readonly mostBytes: number,
  ) {}

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  /** @throws PackageTooLarge */
  async add(path: string, kind: FileKind, content: Buffer | AsyncIterable<Buffer>): Promise<StagedFile> {
    const target = this.pathOf(path);
    await mkdir(dirname(target), { recursive: true });
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(target, 'wx');
    try {
      for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
        this.take(chunk.length);
        bytes += chunk.length;
        hash.update(chunk);
        await file.appendFile(chunk);
      }
    } finally {
      await file.close();
    }
    const staged = { path, kind, bytes, sha256: hash.digest('hex') };
    this.files.push(staged);
    return staged;
  }

  private take(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.mostBytes) throw new PackageTooLarge(this.mostBytes);
  }
}
