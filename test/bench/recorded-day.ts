import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Db, NewRow } from '@app/database';
import { type RecordedLoop, shifted } from './day-media';

const ROWS_AT_ONCE = 1_000;
/** A camera is reached again this often, after a gap of so many seconds. */
const RUN_SECONDS = 2 * 3600;
const GAP_SECONDS = 12;

export interface RecordedDay {
  db: Db;
  mediaDirectory: string;
  /** Epoch ms. */
  startsAt: number;
  hours: number;
}

/** A station with a camera, of an election of its own. @returns the camera's id */
export async function addCamera(db: Db, startsAt: number): Promise<string> {
  const [electionId, regionId, stationId, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const times = { opens_at: new Date(startsAt), closes_at: new Date(startsAt + 1), count_ends_at: new Date(startsAt + 2) };
  await db
    .insertInto('elections')
    .values({ id: electionId, name: 'Bench', ...times })
    .execute();
  await db.insertInto('regions').values({ id: regionId, election_id: electionId, parent_id: null, name: 'Bench' }).execute();
  const station = {
    id: stationId,
    election_id: electionId,
    region_id: regionId,
    code: id.slice(0, 8),
    name: 'Bench',
    address: null,
  };
  await db
    .insertInto('stations')
    .values({ ...station, lat: null, lon: null, timezone: 'UTC', search_text: '' })
    .execute();
  const source = { source_kind: 'rtsp' as const, source_display: 'rtsp://bench.example/1', has_credentials: false };
  await db
    .insertInto('cameras')
    .values({
      id,
      station_id: stationId,
      name: 'Bench',
      position: 1,
      enabled: false,
      ...source,
      source_cipher: Buffer.from('-'),
      stream_key_hash: null,
    })
    .execute();
  return id;
}

/** What a packager leaves behind of a day: files of a minute, a row for each segment, a gap now and then. @returns how many rows */
export async function recordDay(
  { db, mediaDirectory, startsAt, hours }: RecordedDay,
  cameraId: string,
  loop: RecordedLoop,
): Promise<number> {
  const endsAt = startsAt + hours * 3_600_000;
  const rows: NewRow<'segments'>[] = [];
  let [at, mediaSequence] = [startsAt, 0];
  for (let discontinuity = 0; at < endsAt; discontinuity += 1) {
    const runId = randomUUID();
    const common = { camera_id: cameraId, generation: 1, discontinuity_sequence: discontinuity };
    await db
      .insertInto('runs')
      .values({
        ...{ id: runId, ...common, started_at: new Date(at), init_segment: loop.init.bytes, codecs: loop.init.codecs },
        ...{
          width: loop.init.video?.width ?? 0,
          height: loop.init.video?.height ?? 0,
          ended_at: null,
          end_reason: null,
          end_detail: null,
        },
      })
      .execute();
    const runEnds = Math.min(endsAt, at + RUN_SECONDS * 1000);
    for (let minute = 0; at < runEnds; minute += 1) {
      const file = `${cameraId}/${runId}/${minute}.m4s`;
      const chunks: Buffer[] = [];
      let offset = 0;
      for (const segment of loop.segments) {
        const bytes = shifted(segment, loop, minute * loop.seconds);
        rows.push({
          ...{
            ...common,
            media_sequence: mediaSequence++,
            kind: 'media',
            run_id: runId,
            chunk: minute,
            byte_offset: offset,
            byte_length: bytes.length,
          },
          ...{
            starts_at: new Date(at + segment.startsAt / 90),
            duration_ticks: segment.duration,
            independent: true,
            gap_cause: null,
          },
          ...{
            sha256: createHash('sha256').update(bytes).digest(),
            media_time: segment.startsAt + minute * loop.seconds * 90_000,
          },
          ...{ monotonic_ms: Math.round(at - startsAt + segment.startsAt / 90), key_frames: null, deleted_at: null },
        });
        chunks.push(bytes);
        offset += bytes.length;
      }
      const path = join(mediaDirectory, file);
      if (minute === 0) await mkdir(dirname(path), { recursive: true });
      await writeFile(path, Buffer.concat(chunks));
      at += loop.seconds * 1000;
      while (rows.length >= ROWS_AT_ONCE) await db.insertInto('segments').values(rows.splice(0, ROWS_AT_ONCE)).execute();
    }
    if (at >= endsAt) break;
    rows.push({
      ...{
        ...common,
        media_sequence: mediaSequence++,
        kind: 'gap',
        run_id: null,
        chunk: null,
        byte_offset: null,
        byte_length: null,
      },
      ...{ starts_at: new Date(at), duration_ticks: GAP_SECONDS * 90_000, independent: false, gap_cause: 'connection-lost' },
      ...{ sha256: null, media_time: null, monotonic_ms: null, key_frames: null, deleted_at: null },
    });
    at += GAP_SECONDS * 1000;
  }
  if (rows.length > 0) await db.insertInto('segments').values(rows).execute();
  return mediaSequence;
}
