import { sql } from 'kysely';
import type { Db } from '@app/database';
import type { FileStore } from '@app/platform';
import { askedChunks, type ChunkStore, ofAsked } from '@app/storage';
import type { ReportDraft } from './report';

export interface Bucket {
  footage: Pick<ChunkStore, 'list'>;
  archive: Pick<ChunkStore, 'list'>;
  /** Clips and stills, as far as this machine can see them: some may wait here to be sent. */
  files: Pick<FileStore, 'size'>;
}

const AT_ONCE = 1_000;

/** Compares what is in the bucket with what the database says is there, both ways; by names only. */
export class BucketCheck {
  constructor(
    private readonly db: Db,
    private readonly bucket: Bucket,
    private readonly report: ReportDraft,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** @param cameraId undefined: all, clips and stills included. @throws when the bucket cannot be listed */
  async check(cameraId?: string): Promise<void> {
    await this.footage(cameraId === undefined ? '' : `${cameraId}/`);
    if (cameraId === undefined) await this.archive();
  }

  private async footage(prefix: string): Promise<void> {
    // What is recorded, doomed or removed while the bucket is listed is no finding: rows of before and of after both count.
    const before = await this.onRecord(prefix);
    const missing = new Set(before);
    for await (const names of this.pages(this.bucket.footage, prefix)) {
      for (const name of names) missing.delete(name);
      for (const name of await this.unnamedFootage(names))
        this.add('bucket-orphan', name, 'It is in the bucket, and no row names it.');
    }
    const still = new Set(await this.onRecord(prefix));
    for (const name of missing)
      if (still.has(name)) this.add('bucket-missing', name, 'It is on record as stored, and not in the bucket.');
  }

  private async archive(): Promise<void> {
    for await (const names of this.pages(this.bucket.archive, 'incidents/'))
      for (const name of await this.unnamedClips(names))
        this.add('bucket-orphan', name, 'It is in the bucket, and no incident names it.');
    const { rows } = await sql<{ name: string }>`select unnest(array[clip_file, still_file]) as name from incident_clips
      where state = 'ready'`.execute(this.db);
    for (const { name } of rows)
      if (name !== null && (await this.bucket.files.size(name)) === undefined)
        this.add('bucket-missing', name, 'An incident names it, and it is neither in the bucket nor on this machine.');
  }

  private async *pages(store: Pick<ChunkStore, 'list'>, prefix: string): AsyncGenerator<string[]> {
    let page: string[] = [];
    for await (const name of store.list(prefix)) {
      this.report.counts.objects += 1;
      page.push(name);
      if (page.length < AT_ONCE) continue;
      this.signal?.throwIfAborted();
      yield page;
      page = [];
    }
    yield page;
  }

  private async onRecord(prefix: string): Promise<string[]> {
    const { rows } = await sql<{ file: string }>`select file from stored_chunks
      where doomed_at is null and starts_with(file, ${prefix})`.execute(this.db);
    return rows.map(({ file }) => file);
  }

  /** A copy whose row is not written yet has rows of its segments. */
  private async unnamedFootage(names: readonly string[]): Promise<string[]> {
    const { rows } = await sql<{ file: string }>`select file from stored_chunks where file = any(${[...names]})
      union select asked.file from ${askedChunks(names)} join segments on ${ofAsked}`.execute(this.db);
    const known = new Set(rows.map(({ file }) => file));
    return names.filter((name) => !known.has(name));
  }

  /** A clip that is being cut is stored before its row says so. */
  private async unnamedClips(names: readonly string[]): Promise<string[]> {
    const { rows } = await sql<{ name: string }>`select name from unnest(${[...names]}::text[]) as there (name)
      where not exists (select 1 from incident_clips where incident_id::text = split_part(name, '/', 2)
        and (name in (clip_file, still_file) or state in ('waiting', 'cutting')))`.execute(this.db);
    return rows.map(({ name }) => name);
  }

  private add(kind: 'bucket-orphan' | 'bucket-missing', file: string, message: string): void {
    this.report.add({ kind, cameraId: file.split('/')[0] ?? '', file, message });
  }
}
