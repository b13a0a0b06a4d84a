import type { FileStore } from '@app/platform';
import { sheetFile, type SheetRepository } from './sheet-repository';

const PAGE = 200;

/** Sheets that lie on the disk of the recording make room for it. What is looked at later is made again. */
export class SheetShedding {
  constructor(
    private readonly sheets: Pick<SheetRepository, 'walk' | 'forget'>,
    private readonly store: Pick<FileStore, 'size' | 'remove'>,
  ) {}

  /** Deletes the oldest until so many bytes are free, or none is left here. @throws when store or database fail */
  async shed(bytes: number): Promise<{ files: number; bytes: number }> {
    const shed = { files: 0, bytes: 0 };
    let after: Parameters<SheetRepository['walk']>[0];
    do {
      const page = await this.sheets.walk(after, PAGE);
      for (const sheet of page) {
        if (shed.bytes >= bytes) return shed;
        const size = await this.store.size(sheetFile(sheet));
        // On another machine.
        if (size === undefined) continue;
        await this.store.remove(sheetFile(sheet));
        await this.sheets.forget(sheet);
        shed.files += 1;
        shed.bytes += size;
      }
      after = page.length === PAGE ? page.at(-1) : undefined;
    } while (after);
    return shed;
  }
}
