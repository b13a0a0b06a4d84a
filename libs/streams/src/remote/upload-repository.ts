import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { askedChunks, ofAsked } from '@app/storage';
import type { HashedRange } from './checked-file';

/** What the index says of one chunk file. */
export interface IndexedFile {
  file: string;
  /** Up to where its bytes are in the index. */
  indexedBytes: number;
}

/** The index by chunk files, for copying them. */
@Injectable()
export class UploadRepository {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Those of the files that have rows. */
  async indexed(files: readonly string[]): Promise<Map<string, IndexedFile>> {
    const { rows } = await sql<IndexedFile>`select file, max(byte_offset + byte_length) as "indexedBytes"
      from ${askedChunks(files)} join segments on ${ofAsked} group by file`.execute(this.db);
    return new Map(rows.map((row) => [row.file, row]));
  }

  /** The segments of a file in the order of their bytes. */
  async segmentsOf(file: string): Promise<HashedRange[]> {
    const { rows } = await sql<HashedRange>`select byte_offset as "offset", byte_length as length, sha256
      from ${askedChunks([file])} join segments on ${ofAsked} order by byte_offset`.execute(this.db);
    return rows;
  }
}
