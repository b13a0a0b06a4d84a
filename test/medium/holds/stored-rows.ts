import { randomUUID } from 'node:crypto';
import type { Db } from '@app/database';

export const SEGMENT_MS = 20_000;
export const SEGMENT_BYTES = 100;

/** Rows of segments of twenty seconds, from a time on, as if they were recorded. Their files are nowhere. */
export async function storeRows(db: Db, cameraId: string, fromMs: number, minutes: number): Promise<void> {
  const runId = randomUUID();
  const run = { id: runId, camera_id: cameraId, generation: 1, discontinuity_sequence: 0, started_at: new Date(fromMs) };
  const picture = { init_segment: Buffer.alloc(0), codecs: 'avc1', width: 1, height: 1 };
  await db
    .insertInto('runs')
    .values({ ...run, ...picture, ended_at: null, end_reason: null, end_detail: null })
    .execute();
  const count = Math.round((minutes * 60_000) / SEGMENT_MS);
  const rows = Array.from({ length: count }, (_, nth) => ({
    camera_id: cameraId,
    media_sequence: Math.round(fromMs / SEGMENT_MS) + nth,
    generation: 1,
    kind: 'media' as const,
    run_id: runId,
    discontinuity_sequence: 0,
    starts_at: new Date(fromMs + nth * SEGMENT_MS),
    duration_ticks: SEGMENT_MS * 90,
    independent: true,
    gap_cause: null,
    chunk: Math.floor(nth / 3),
    byte_offset: (nth % 3) * SEGMENT_BYTES,
    byte_length: SEGMENT_BYTES,
    sha256: Buffer.alloc(32),
  }));
  for (let at = 0; at < rows.length; at += 1_000)
    await db
      .insertInto('segments')
      .values(rows.slice(at, at + 1_000))
      .execute();
}
