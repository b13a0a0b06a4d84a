import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { askedChunks, ofAsked } from './chunk-name';
import type { FileFacts } from './chunk-store';

export interface StoredChunk {
  file: string;
  bytes: number;
  storedAt: Date;
}

/** Which chunk files are known to be in the remote storage. */
@Injectable()
export class StoredChunks {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** How many bytes of a file are there; undefined: it is not known to be. */
  async bytesOf(file: string): Promise<number | undefined> {
    const row = await this.db
      .selectFrom('stored_chunks')
      .select('byte_length')
      .where('file', '=', file)
      .where('doomed_at', 'is', null)
      .executeTakeFirst();
    return row?.byte_length;
  }

  async among(files: readonly string[]): Promise<Map<string, StoredChunk>> {
    const { rows } = await sql<StoredChunk>`select file, byte_length as bytes, stored_at as "storedAt" from stored_chunks
      where file = any(${[...files]}::text[]) and doomed_at is null`.execute(this.db);
    return new Map(rows.map((row) => [row.file, row]));
  }

  /**
   * Puts on record that a verified copy is there. @returns false when no row of the index names the file any more: then the copy is
   * nobody's and is to be removed
   */
  async record(file: string, { bytes, sha256 }: FileFacts): Promise<boolean> {
    return await this.db.transaction().execute(async (tx) => {
      // Retention, which locks the same rows to delete them, comes before or after this as a whole.
      const named = await sql`select 1 from ${askedChunks([file])} join segments on ${ofAsked} for share of segments`.execute(tx);
      if (named.rows.length === 0) return false;
      const copy = { byte_length: bytes, sha256: Buffer.from(sha256, 'hex'), stored_at: new Date() };
      await tx
        .insertInto('stored_chunks')
        .values({ file, ...copy })
        .onConflict((conflict) => conflict.column('file').doUpdateSet({ byte_length: bytes, sha256: copy.sha256 }))
        .execute();
      return true;
    });
  }

  /** Files whose footage was deleted, and whose copies are still to go. */
  async doomed(limit: number): Promise<string[]> {
    const rows = await this.db
      .selectFrom('stored_chunks')
      .select('file')
      .where('doomed_at', 'is not', null)
      .orderBy('doomed_at')
      .limit(limit)
      .execute();
    return rows.map(({ file }) => file);
  }

  /** After their copies are gone. */
  async forget(files: readonly string[]): Promise<void> {
    if (files.length > 0)
      await this.db
        .deleteFrom('stored_chunks')
        .where('file', 'in', [...files])
        .execute();
  }
}
