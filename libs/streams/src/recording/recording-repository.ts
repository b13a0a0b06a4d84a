import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { FaultCode } from '@app/contracts';
import { DB, type Db, ofCamera, type Row, type Tx } from '@app/database';
import { readChunkName } from '@app/storage';
import type { RecordingRow, RunEndRow, RunStartRow, SegmentRow } from './recording-rows';
import { RowUnfit } from './refused-rows';

export interface RecordedPast {
  /** Oldest first, without holes; at least the newest one where there is any. */
  segments: Row<'segments'>[];
  runs: Row<'runs'>[];
}

const ADOPTED_AT_ONCE = 2_000;

/** `fence`: the generation that must own the camera for the row to be written. */
type Fenced<R extends RecordingRow> = R & { fence: number };

/** Runs and segments. Every write is refused, row by row, for a generation that does not own the camera any more. */
@Injectable()
export class RecordingRepository {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Writes a batch in one transaction, all cameras together; a second try after an unclear end changes nothing. */
  async write(rows: readonly RecordingRow[]): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      // All leases of the batch first and in one order: no take-over can slip in between, no renewal can lock us out.
      await this.lockLeases(tx, rows);
      await this.add(
        tx,
        rows.map((row) => ({ ...row, fence: row.generation })),
      );
    });
  }

  /**
   * Writes what earlier owners of a camera told, all or nothing, under the generation of its owner of today. Rows whose place in the sequence was
   * given to somebody since are left out. @param rows in order @returns how many were not
   */
  async adopt(cameraId: string, generation: number, rows: readonly RecordingRow[]): Promise<number> {
    return await this.db.transaction().execute(async (tx) => {
      await this.lockLeases(tx, rows);
      const newest = await tx
        .selectFrom('segments')
        .select(['media_sequence', 'generation'])
        .where(ofCamera(cameraId))
        .orderBy('media_sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      const next = rows.filter(
        (row) =>
          row.generation >= (newest?.generation ?? 0) &&
          (row.kind !== 'segment' || row.mediaSequence > (newest?.media_sequence ?? -1)),
      );
      const runs = await this.knownRuns(tx, next);
      const adopted = next.filter((row) => row.kind !== 'segment' || row.runId === null || runs.has(row.runId));
      for (let at = 0; at < adopted.length; at += ADOPTED_AT_ONCE)
        await this.add(
          tx,
          adopted.slice(at, at + ADOPTED_AT_ONCE).map((row) => ({ ...row, fence: generation })),
        );
      return adopted.length;
    });
  }

  /** How many of these segments the index does not have. */
  async missing(rows: readonly RecordingRow[]): Promise<number> {
    const segments = only(rows, 'segment').map(({ cameraId, mediaSequence, runId }) => ({ cameraId, mediaSequence, runId }));
    if (segments.length === 0) return 0;
    const found = await sql<{ missing: number }>`select count(*) as missing
      from jsonb_to_recordset(${JSON.stringify(segments)}::jsonb) as told ("cameraId" uuid, "mediaSequence" bigint, "runId" uuid)
      where not exists (select 1 from segments where ${ofCamera(sql.ref('cameraId'))} and media_sequence = "mediaSequence"
        and run_id is not distinct from "runId")`.execute(this.db);
    return found.rows[0]?.missing ?? 0;
  }

  async targetDuration(cameraId: string): Promise<number | undefined> {
    const row = await this.db
      .selectFrom('camera_streams')
      .select('target_duration')
      .where('camera_id', '=', cameraId)
      .executeTakeFirst();
    return row?.target_duration;
  }

  /** Fixes the target duration of a camera for ever. @returns the one that holds, which may be an earlier one. */
  async fixTargetDuration(cameraId: string, seconds: number): Promise<number> {
    await this.db
      .insertInto('camera_streams')
      .values({ camera_id: cameraId, target_duration: seconds })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return (await this.targetDuration(cameraId)) ?? seconds;
  }

  /** The newest segment whatever its age, and those before it that began after `since`. */
  async past(cameraId: string, since: Date): Promise<RecordedPast> {
    const segments = await this.db
      .selectFrom('segments')
      .selectAll()
      .where(ofCamera(cameraId))
      .where((eb) =>
        eb.or([
          eb('starts_at', '>=', since),
          eb(
            'media_sequence',
            '=',
            eb.selectFrom('segments').select(eb.fn.max('media_sequence').as('newest')).where(ofCamera(cameraId)),
          ),
        ]),
      )
      .orderBy('media_sequence')
      .execute();
    const runIds = [...new Set(segments.flatMap((segment) => segment.run_id ?? []))];
    const runs = runIds.length === 0 ? [] : await this.db.selectFrom('runs').selectAll().where('id', 'in', runIds).execute();
    return { segments, runs };
  }

  async newestRun(cameraId: string): Promise<Row<'runs'> | undefined> {
    return await this.db
      .selectFrom('runs')
      .selectAll()
      .where('camera_id', '=', cameraId)
      .orderBy('discontinuity_sequence', 'desc')
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** Marks the runs that an owner before left open. */
  async closeLeftRuns(cameraId: string, generation: number, endedAt: Date, reason: FaultCode): Promise<void> {
    await this.db
      .updateTable('runs')
      .set({ ended_at: endedAt, end_reason: reason, end_detail: 'The packager ended without closing the run.' })
      .where('camera_id', '=', cameraId)
      .where('generation', '<', generation)
      .where('ended_at', 'is', null)
      .execute();
  }

  private async add(tx: Tx, rows: readonly Fenced<RecordingRow>[]): Promise<void> {
    await this.startRuns(tx, only(rows, 'run-start'));
    await this.addSegments(tx, only(rows, 'segment'));
    await this.endRuns(tx, only(rows, 'run-end'));
  }

  /** Of those that rows name: in the index already, or begun by one of the rows. */
  private async knownRuns(tx: Tx, rows: readonly RecordingRow[]): Promise<Set<string>> {
    const named = [...new Set(only(rows, 'segment').flatMap(({ runId }) => runId ?? []))];
    const found = named.length === 0 ? [] : await tx.selectFrom('runs').select('id').where('id', 'in', named).execute();
    return new Set([...found, ...only(rows, 'run-start')].map(({ id }) => id));
  }

  private async lockLeases(tx: Tx, rows: readonly RecordingRow[]): Promise<void> {
    const ids = [...new Set(rows.map((row) => row.cameraId))];
    await sql`select 1 from camera_leases where camera_id = any(${ids}::uuid[]) order by camera_id for share`.execute(tx);
  }

  private async startRuns(tx: Tx, rows: Fenced<RunStartRow>[]): Promise<void> {
    if (rows.length === 0) return;
    await sql`insert into runs (id, camera_id, generation, discontinuity_sequence, started_at, init_segment, codecs, width, height)
      select id, "cameraId", told.generation, "discontinuitySequence", "startedAt", decode(init, 'base64'), codecs, width, height
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (id uuid, "cameraId" uuid, generation bigint, fence bigint,
        "discontinuitySequence" integer, "startedAt" timestamptz, init text, codecs text, width integer, height integer)
      join camera_leases on camera_id = "cameraId" and camera_leases.generation = told.fence
      on conflict (id) do nothing`.execute(tx);
  }

  private async addSegments(tx: Tx, rows: Fenced<SegmentRow>[]): Promise<void> {
    if (rows.length === 0) return;
    await sql`insert into segments (camera_id, media_sequence, generation, kind, run_id, discontinuity_sequence, starts_at, duration_ticks,
        independent, gap_cause, chunk, byte_offset, byte_length, sha256, media_time, monotonic_ms, key_frames)
      select "cameraId", "mediaSequence", told.generation, case when "gapCause" is null then 'media' else 'gap' end, "runId",
        "discontinuitySequence", "startsAt", "durationTicks", independent, "gapCause", chunk, "byteOffset", "byteLength",
        decode(told.sha256, 'hex'), "mediaTime", "monotonicMs", packed_offsets("keyFrames")
      from jsonb_to_recordset(${JSON.stringify(rows.map(withChunk))}::jsonb) as told ("cameraId" uuid, generation bigint, fence bigint, "mediaSequence" bigint,
        "runId" uuid, "discontinuitySequence" integer, "startsAt" timestamptz, "durationTicks" bigint, independent boolean,
        "gapCause" text, chunk integer, "byteOffset" integer, "byteLength" integer, sha256 text, "mediaTime" bigint, "monotonicMs" bigint,
        "keyFrames" integer[])
      join camera_leases on camera_id = "cameraId" and camera_leases.generation = told.fence
      on conflict (camera_key(camera_id), media_sequence) do nothing`.execute(tx);
  }

  private async endRuns(tx: Tx, rows: Fenced<RunEndRow>[]): Promise<void> {
    if (rows.length === 0) return;
    await sql`update runs set ended_at = told."endedAt", end_reason = told.reason, end_detail = told.detail
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (id uuid, "cameraId" uuid, generation bigint, fence bigint,
        "endedAt" timestamptz, reason text, detail text)
      join camera_leases on camera_id = told."cameraId" and camera_leases.generation = told.fence
      where runs.id = told.id`.execute(tx);
  }
}

/** The index has the number of the file alone. @throws RowUnfit when that would not lead back to the file */
function withChunk({ file, ...row }: Fenced<SegmentRow>): Omit<Fenced<SegmentRow>, 'file'> & { chunk: number | null } {
  if (file === null) return { ...row, chunk: null };
  const name = readChunkName(file);
  if (name?.cameraId === row.cameraId && name.runId === row.runId) return { ...row, chunk: name.chunk };
  throw new RowUnfit(`${file} is not a chunk file of run ${row.runId} of camera ${row.cameraId}`);
}

function only<R extends RecordingRow, K extends R['kind']>(rows: readonly R[], kind: K): Extract<R, { kind: K }>[] {
  return rows.filter((row): row is Extract<R, { kind: K }> => row.kind === kind);
}
