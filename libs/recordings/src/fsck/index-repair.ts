import { sql } from 'kysely';
import type { Db } from '@app/database';
import { readChunkName } from '@app/storage';
import { packOffsets, recoverTail } from '@app/streams';
import type { Orphan } from './camera-check';
import type { MediaFolder } from './media-folder';
import { placeOf, type PlacedSegment } from './placement';
import type { RecordingIndex } from './recording-index';

/** More than a chunk can hold of any camera we take. */
const MAX_BYTES = 256 * 1024 * 1024;

export type Repair = { kind: 'repaired'; segments: number } | { kind: 'left'; why: string };

/** Gives segments that lost their rows a row again, where their place is free and cannot be another. Never changes or deletes anything. */
export class IndexRepair {
  constructor(
    private readonly db: Db,
    private readonly index: RecordingIndex,
    private readonly media: MediaFolder,
  ) {}

  async repair(cameraId: string, { file, runId, bytes }: Orphan): Promise<Repair> {
    if (runId === undefined) return { kind: 'left', why: 'no run is known that wrote them' };
    if (bytes.end - bytes.start > MAX_BYTES) return { kind: 'left', why: 'they are more than a chunk can hold' };
    const facts = await this.factsOf(cameraId, runId);
    if (!facts) return { kind: 'left', why: 'the camera was never on air' };
    const content = await this.media.read(file, bytes.start, bytes.end);
    const recovered = recoverTail(facts.init, content, { file, offset: bytes.start }, facts.targetDuration);
    const placement = placeOf(recovered, { ...(await this.around(cameraId, bytes)), owned: facts.owned });
    if (placement.kind === 'left') return placement;
    const added = await this.add(cameraId, { id: runId, ...facts }, placement.segments);
    return added
      ? { kind: 'repaired', segments: placement.segments.length }
      : { kind: 'left', why: 'their place was taken meanwhile' };
  }

  private async factsOf(cameraId: string, runId: string) {
    const facts = await this.db
      .selectFrom('runs')
      .innerJoin('camera_streams', 'camera_streams.camera_id', 'runs.camera_id')
      .leftJoin('camera_leases', 'camera_leases.camera_id', 'runs.camera_id')
      .select(['runs.init_segment as init', 'runs.generation', 'runs.discontinuity_sequence as discontinuity', 'target_duration'])
      .select(sql<boolean>`coalesce(camera_leases.expires_at > now(), false)`.as('owned'))
      .where('runs.id', '=', runId)
      .where('runs.camera_id', '=', cameraId)
      .executeTakeFirst();
    return facts && { ...facts, targetDuration: facts.target_duration };
  }

  private async around(cameraId: string, { afterSequence, beforeSequence }: Orphan['bytes']) {
    const joins = { before: afterSequence !== undefined, after: beforeSequence !== undefined };
    if (afterSequence !== undefined)
      return {
        before: await this.index.row(cameraId, afterSequence),
        after: await this.index.nextTo(cameraId, afterSequence, 'after'),
        joins,
      };
    if (beforeSequence === undefined) return { before: undefined, after: undefined, joins };
    return {
      before: await this.index.nextTo(cameraId, beforeSequence, 'before'),
      after: await this.index.row(cameraId, beforeSequence),
      joins,
    };
  }

  /** All of them or none. */
  private async add(
    cameraId: string,
    run: { id: string; generation: number; discontinuity: number },
    placed: readonly PlacedSegment[],
  ): Promise<boolean> {
    const rows = placed.map(({ mediaSequence, startsAtMs, segment }) => ({
      camera_id: cameraId,
      media_sequence: mediaSequence,
      generation: run.generation,
      kind: 'media' as const,
      run_id: run.id,
      discontinuity_sequence: run.discontinuity,
      starts_at: new Date(startsAtMs),
      duration_ticks: segment.durationTicks,
      independent: segment.independent,
      gap_cause: null,
      chunk: readChunkName(segment.range.file)?.chunk ?? null,
      byte_offset: segment.range.offset,
      byte_length: segment.range.length,
      sha256: Buffer.from(segment.sha256, 'hex'),
      media_time: segment.mediaTime,
      key_frames: packOffsets(segment.keyFrames),
    }));
    try {
      await this.db.insertInto('segments').values(rows).execute();
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }
}

const UNIQUE_VIOLATION = '23505';
