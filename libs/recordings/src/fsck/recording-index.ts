import { sql } from 'kysely';
import { type Db, ofCamera } from '@app/database';
import { plannedEnd, plannedOpening } from '@app/elections';
import { isStorageFault } from '@app/streams';
import type { IndexRow } from './index-row';
import type { KnownRun } from './leftovers';
import type { Period } from './row-order';

const PAGE_ROWS = 2_000;
/** More rows than a chunk file can have. */
const CHUNK_ROWS = 5_000;
const COLUMNS = [
  'camera_id',
  'media_sequence',
  'kind',
  'run_id',
  'discontinuity_sequence',
  'starts_at',
  'duration_ticks',
  'chunk',
  'byte_offset',
  'byte_length',
  'sha256',
  'deleted_at',
] as const;

export interface IndexedRun extends KnownRun {
  /** It ended because the recorder's clock was set. */
  clockWasSet: boolean;
}

/** Media sequences, both included. */
export interface SequenceRange {
  first: number;
  last: number;
}

export interface CameraPlan {
  cameraId: string;
  /** When its station should be on air. */
  plan: Period;
  /** How far its gaps are on record; undefined: not at all. */
  gapsKnown: { untilMs: number; untilSequence: number } | undefined;
}

/** The index of the recording, as fsck reads it: page by page in the order of media sequence. */
export class RecordingIndex {
  constructor(private readonly db: Db) {}

  /** @param cameraId undefined: all */
  async cameras(cameraId: string | undefined): Promise<CameraPlan[]> {
    let query = this.db
      .selectFrom('cameras')
      .innerJoin('stations', 'stations.id', 'cameras.station_id')
      .innerJoin('elections', 'elections.id', 'stations.election_id')
      .leftJoin('gap_progress', 'gap_progress.camera_id', 'cameras.id')
      .select(['cameras.id', 'gap_progress.covered_until', 'gap_progress.media_sequence'])
      .select([plannedOpening.as('opens_at'), plannedEnd.as('count_ends_at')])
      .orderBy('cameras.id');
    if (cameraId !== undefined) query = query.where('cameras.id', '=', cameraId);
    const plan = (row: { opens_at: Date; count_ends_at: Date }): Period => ({
      fromMs: row.opens_at.getTime(),
      toMs: row.count_ends_at.getTime(),
    });
    return (await query.execute()).map((row) => ({
      cameraId: row.id,
      plan: plan(row),
      gapsKnown:
        row.covered_until === null || row.media_sequence === null
          ? undefined
          : { untilMs: row.covered_until.getTime(), untilSequence: row.media_sequence },
    }));
  }

  async runs(cameraId: string): Promise<IndexedRun[]> {
    const rows = await this.db
      .selectFrom('runs')
      .select(['id', 'ended_at', 'end_reason'])
      .where('camera_id', '=', cameraId)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      open: row.ended_at === null,
      failed: isStorageFault(row.end_reason),
      clockWasSet: row.end_reason === 'clock-stepped',
    }));
  }

  /** Gaps on record, in the order of time. @param openUntilMs where one that goes on is known to reach */
  async gaps(cameraId: string, openUntilMs: number): Promise<Period[]> {
    const rows = await this.db.selectFrom('gaps').selectAll().where('camera_id', '=', cameraId).orderBy('from_at').execute();
    return rows.map((row) => ({ fromMs: row.from_at.getTime(), toMs: row.to_at?.getTime() ?? openUntilMs }));
  }

  /** The rows of a period, whole ones at both ends; undefined where there are none. */
  async range(cameraId: string, period: Period | undefined): Promise<SequenceRange | undefined> {
    const [from, to] = period ? [new Date(period.fromMs), new Date(period.toMs)] : ['-infinity', 'infinity'];
    const { rows } = await sql<{ first: number | null; last: number | null }>`
      select min(media_sequence) as first, max(media_sequence) as last from (
        select media_sequence from segments where ${ofCamera(cameraId)} and starts_at >= ${from} and starts_at < ${to}
        union all
        (select media_sequence from (select media_sequence, starts_at, duration_ticks from segments
            where ${ofCamera(cameraId)} and starts_at < ${from} order by starts_at desc limit 1) as newest
          where starts_at + make_interval(secs => duration_ticks / 90000.0) > ${from})) as inside`.execute(this.db);
    const [{ first, last } = { first: null, last: null }] = rows;
    return first === null || last === null ? undefined : { first, last };
  }

  async countRows(cameraId: string, { first, last }: SequenceRange): Promise<number> {
    const { rows } = await this.rowsOf(cameraId)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .where((eb) => eb.between('media_sequence', first, last))
      .executeTakeFirstOrThrow();
    return rows;
  }

  /** @param range without it, all, also those written meanwhile */
  async *rows(cameraId: string, range: SequenceRange | undefined): AsyncGenerator<IndexRow> {
    let after = (range?.first ?? -Infinity) - 1;
    for (;;) {
      let query = this.rowsOf(cameraId).select(COLUMNS).orderBy('media_sequence').limit(PAGE_ROWS);
      if (Number.isFinite(after)) query = query.where('media_sequence', '>', after);
      if (range) query = query.where('media_sequence', '<=', range.last);
      const page = await query.execute();
      yield* page;
      const newest = page.at(-1);
      if (!newest || page.length < PAGE_ROWS) return;
      after = newest.media_sequence;
    }
  }

  /** Rows outside a range that lie in the same files as its first and last row. */
  async besideRange(cameraId: string, range: SequenceRange): Promise<IndexRow[]> {
    return await this.rowsOf(cameraId)
      .select(COLUMNS)
      .where(
        sql<boolean>`(run_id, chunk) in (select run_id, chunk from segments
          where ${ofCamera(cameraId)} and media_sequence in (${range.first}, ${range.last}))`,
      )
      .where((eb) =>
        eb.or([
          eb.between('media_sequence', range.first - CHUNK_ROWS, range.first - 1),
          eb.between('media_sequence', range.last + 1, range.last + CHUNK_ROWS),
        ]),
      )
      .execute();
  }

  async namesFiles(): Promise<boolean> {
    return (await this.db.selectFrom('segments').select('chunk').where('chunk', 'is not', null).limit(1).execute()).length > 0;
  }

  async row(cameraId: string, mediaSequence: number): Promise<IndexRow | undefined> {
    return await this.rowsOf(cameraId).select(COLUMNS).where('media_sequence', '=', mediaSequence).executeTakeFirst();
  }

  /** The row next to a place in the sequence. */
  async nextTo(cameraId: string, mediaSequence: number, side: 'before' | 'after'): Promise<IndexRow | undefined> {
    return await this.rowsOf(cameraId)
      .select(COLUMNS)
      .where('media_sequence', side === 'before' ? '<' : '>', mediaSequence)
      .orderBy('media_sequence', side === 'before' ? 'desc' : 'asc')
      .limit(1)
      .executeTakeFirst();
  }

  private rowsOf(cameraId: string) {
    return this.db.selectFrom('segments').where(ofCamera(cameraId));
  }
}
