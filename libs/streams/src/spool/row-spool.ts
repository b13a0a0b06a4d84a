import type { RecordingRow } from '../recording/recording-rows';
import { readLines, toLine } from './row-line';
import type { SpoolFiles } from './spool-files';

const FILE_BYTES = 4 << 20;
const MAX_BYTES = 1 << 30;

interface SpoolFile {
  name: string;
  bytes: number;
  rows: number;
  /** Of these, rows from its beginning that are in the database. */
  taken: number;
}

/** There is no more room for rows in the spool. */
export class SpoolFull extends Error {
  constructor(maxBytes: number) {
    super(`The spool holds ${maxBytes} bytes of rows already`);
    this.name = 'SpoolFull';
  }
}

/**
 * Rows of one packager that wait for the database on disk, in order: `<packager>/<n>.rows`. Read from the oldest file while others are
 * appended to the newest. A file is removed once all of its rows were taken; taking some of them twice does no harm.
 */
export class RowSpool {
  private readonly files: SpoolFile[] = [];
  private nextNumber = 0;
  private canAppend = false;
  private appending: Promise<void> | undefined;
  /** How many rows of the oldest file were read last. */
  private readUpTo = 0;
  private unreadable = 0;

  constructor(
    readonly owner: string,
    private readonly disk: SpoolFiles,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  get rows(): number {
    return this.files.reduce((sum, file) => sum + file.rows - file.taken, 0);
  }

  /** Rows that the disk did not give back. */
  get unreadableRows(): number {
    return this.unreadable;
  }

  /** One after the other. Durable when it resolves. @throws SpoolFull, or what the disk threw; then some of the rows may be in it all the same */
  async append(rows: readonly RecordingRow[]): Promise<void> {
    const text = rows.map(toLine).join('');
    const bytes = Buffer.byteLength(text);
    if (this.files.reduce((sum, file) => sum + file.bytes, bytes) > this.maxBytes) throw new SpoolFull(this.maxBytes);
    this.appending = this.appendTo(this.newest(), { text, bytes, rows: rows.length });
    await this.appending;
  }

  /** The rows of the oldest file that were not taken yet; undefined: there are none. */
  async oldest(): Promise<RecordingRow[] | undefined> {
    const [file] = this.files;
    if (!file) return undefined;
    this.readUpTo = file.rows;
    const found = file.rows === 0 ? [] : readLines(await this.disk.read(file.name)).rows;
    this.unreadable += Math.max(0, this.readUpTo - Math.max(found.length, file.taken));
    return found.slice(file.taken);
  }

  /** What `oldest` gave is in the database. */
  async took(): Promise<void> {
    const [file] = this.files;
    if (!file) return;
    file.taken = this.readUpTo;
    // It may be the newest one, too.
    await this.appending?.catch(() => undefined);
    if (file.taken < file.rows) return;
    if (this.files.length === 1) this.canAppend = false;
    await this.disk.remove(file.name);
    this.files.shift();
  }

  /** It cannot be read: it stays where it is. */
  leaveOldest(): void {
    const file = this.files.shift();
    if (file) this.unreadable += file.rows - file.taken;
  }

  private async appendTo(file: SpoolFile, lines: { text: string; bytes: number; rows: number }): Promise<void> {
    // A file whose write failed is never written to again; what of it can be read is older than what follows.
    this.canAppend = false;
    file.bytes += lines.bytes;
    await this.disk.append(file.name, lines.text);
    file.rows += lines.rows;
    this.canAppend = file.bytes < FILE_BYTES;
  }

  private newest(): SpoolFile {
    const newest = this.files.at(-1);
    if (newest && this.canAppend) return newest;
    const made = { name: `${this.owner}/${String(this.nextNumber).padStart(8, '0')}.rows`, bytes: 0, rows: 0, taken: 0 };
    this.nextNumber += 1;
    this.files.push(made);
    return made;
  }
}
