import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db, ofCamera } from '@app/database';
import { askedChunks, fileSql, ofAsked, readChunkName } from '@app/storage';
import type { DeletionCause } from './choose-deletions';

/** What the index knows of one chunk file. */
export interface IndexedChunk {
  file: string;
  /** Up to where its bytes are in the index. */
  indexedBytes: number;
  endsAtMs: number;
  held: boolean;
  retentionMs: number;
  /** Of its verified copy in the remote storage; null: there is none. */
  storedBytes: number | null;
}

/** The beginning of a chunk file: where a walk from the oldest on stands. */
export interface ChunkStart {
  file: string;
  startsAt: Date;
}

const TICKS = 90_000;
/** A flag waits behind deleting for as long as deleting takes, never for as long as deleting waits. */
const LOCK_TIMEOUT = '1s';

const endsAt = sql`(segments.starts_at + make_interval(secs => segments.duration_ticks / ${sql.lit(TICKS)}.0))`;
const election = sql`join cameras on cameras.id = segments.camera_id join stations on stations.id = cameras.station_id
  join elections on elections.id = stations.election_id`;

/** Holds that count now and cover a part of the segment in the query. */
const coveringHold = (now: Date) => sql`select 1 from holds
  where (holds.camera_id = segments.camera_id or holds.station_id = (select station_id from cameras where id = segments.camera_id))
  and holds.released_at is null and (holds.expires_at is null or holds.expires_at > ${now})
  and segments.starts_at < holds.to_at and ${endsAt} > holds.from_at`;

/** The index by chunk files: what is old, what is held, and the tombstones of what was deleted. */
@Injectable()
export class RetentionRepository {
  constructor(@Inject(DB) private readonly db: Db) {}

  /**
   * Files whose bytes are there, oldest first, from behind `after` on: those past their election's retention, or those begun before
   * `before`, for a disk that is short.
   */
  async oldest(
    cause: DeletionCause,
    { before, after, limit }: { before: Date; after: ChunkStart | undefined; limit: number },
  ): Promise<ChunkStart[]> {
    const expired = sql`and segments.starts_at < ${before}::timestamptz - make_interval(days => elections.retention_days)
      and segments.starts_at < ${before}::timestamptz - make_interval(days => (select min(retention_days) from elections))`;
    const name = after && readChunkName(after.file);
    const behind = sql`and (segments.starts_at, segments.run_id, segments.chunk) > (${after?.startsAt}, ${name?.runId}, ${name?.chunk})`;
    const { rows } = await sql<ChunkStart>`
      select ${fileSql('segments')} as file, segments.starts_at as "startsAt" from segments ${cause === 'past-retention' ? election : sql``}
      where segments.chunk is not null and segments.byte_offset = 0 and segments.starts_at < ${before}
        ${cause === 'past-retention' ? expired : sql``} ${name ? behind : sql``}
      order by segments.starts_at, segments.run_id, segments.chunk limit ${limit}`.execute(this.db);
    return rows;
  }

  /** Those of the files that have rows. */
  async chunks(files: readonly string[], now: Date): Promise<IndexedChunk[]> {
    const { rows } = await sql<IndexedChunk & { endsAt: Date; days: number }>`
      select asked.file, max(segments.byte_offset + segments.byte_length) as "indexedBytes", max(${endsAt}) as "endsAt",
        bool_or(exists (${coveringHold(now)})) as held, elections.retention_days as days,
        (select byte_length from stored_chunks where stored_chunks.file = asked.file and doomed_at is null) as "storedBytes"
      from ${askedChunks(files)} join segments on ${ofAsked} ${election}
      group by asked.file, elections.retention_days`.execute(this.db);
    return rows.map(({ file, indexedBytes, held, storedBytes, ...row }) => ({
      file,
      indexedBytes,
      held,
      storedBytes,
      endsAtMs: row.endsAt.getTime(),
      retentionMs: row.days * 86_400_000,
    }));
  }

  /** Those of the files that `oldest` does not lead to: without any row, or without that of their first bytes. */
  async unlisted(files: readonly string[]): Promise<string[]> {
    // The sum keeps the planner off `segments_oldest`, in which one name is found only by reading all of them.
    const { rows } = await sql<{ file: string }>`
      select file from unnest(${[...files]}::text[]) as there (file)
      where file not in (select asked.file from ${askedChunks(files)} join segments on ${ofAsked} and byte_offset + 0 = 0)`.execute(
      this.db,
    );
    return rows.map(({ file }) => file);
  }

  /**
   * Turns the rows of these files into tombstones, except where a hold has come since. No hold is made meanwhile: one that is
   * made at all finds its footage there or was made after it was gone. Their copies in the remote storage are doomed with them.
   * @returns the files whose rows were changed here: theirs to delete is the caller.
   */
  async bury(files: readonly string[], now: Date): Promise<string[]> {
    return await this.db.transaction().execute(async (tx) => {
      await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(tx);
      await sql`lock table holds in share mode`.execute(tx);
      // In one order, so that two packagers of one media folder wait for each other and not in a circle.
      const { rows } = await sql<{ file: string }>`
        with held as (select distinct asked.file from ${askedChunks(files)} join segments on ${ofAsked}
            where exists (${coveringHold(now)})),
          doomed as (select segments.camera_id, segments.media_sequence, asked.file from ${askedChunks(files)} join segments on ${ofAsked}
            where asked.file not in (select file from held)
            order by segments.camera_id, segments.media_sequence for update of segments)
        update segments set chunk = null, deleted_at = ${now} from doomed
        where ${ofCamera(sql.ref('doomed.camera_id'))} and segments.media_sequence = doomed.media_sequence
        returning doomed.file`.execute(tx);
      const buried = [...new Set(rows.map(({ file }) => file))];
      // A statement of its own: it sees the copy that was put on record while the rows were waited for.
      await sql`update stored_chunks set doomed_at = ${now} where file = any(${buried}::text[])`.execute(tx);
      return buried;
    });
  }

  /** Bytes of the whole recording that are kept by holds, as the jobs process last counted them; undefined: not yet. */
  async heldBytes(): Promise<number | undefined> {
    return (await this.db.selectFrom('hold_usage').select('used_bytes').executeTakeFirst())?.used_bytes;
  }
}
