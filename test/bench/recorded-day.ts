import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Db, Row } from '@app/database';
import { chunkIn, runFolder } from '@app/storage';
import { packOffsets } from '@app/streams';
import { type RecordedLoop, shifted } from './day-media';

const ROWS_AT_ONCE = 1_000;
/** A camera is reached again this often, after a gap of so many seconds. */
const RUN_SECONDS = 2 * 3600;
const GAP_SECONDS = 12;
const TICKS_PER_MS = 90;

/** As JSON, which PostgreSQL reads far faster than a parameter for each value: times as ISO 8601, bytes as `\x` and hex. */
type DayRow = Omit<Row<'segments'>, 'sha256' | 'key_frames' | 'starts_at'> & {
  sha256: string | null;
  key_frames: string | null;
  starts_at: Date;
};

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

/** A minute of media as it lies in a file, and what its rows say of it. */
interface WrittenMinute {
  path: string;
  segments: { byte_offset: number; byte_length: number; sha256: string }[];
}

interface Reached {
  at: number;
  mediaSequence: number;
  discontinuity: number;
}

/** What packagers leave behind of a day: files of a minute, a row for each segment, a gap now and then. */
export class DayRecorder {
  /** Every run has the same media: a minute that one run has written is copied for the others. */
  private readonly written = new Map<number, WrittenMinute>();
  private readonly reached = new Map<string, Reached>();
  private rows: DayRow[] = [];

  constructor(
    private readonly db: Db,
    private readonly mediaDirectory: string,
    private readonly loop: RecordedLoop,
  ) {}

  /** @param range epoch ms; of one camera in the order of time. @returns how many rows the camera has now */
  async record(cameraId: string, { from, to }: { from: number; to: number }): Promise<number> {
    const reached = this.reached.get(cameraId) ?? { at: from, mediaSequence: 0, discontinuity: 0 };
    this.reached.set(cameraId, reached);
    if (reached.at < from) this.addGap(cameraId, reached, from);
    while (reached.at < to) {
      await this.recordRun(cameraId, reached, Math.min(to, reached.at + RUN_SECONDS * 1000));
      if (reached.at < to) this.addGap(cameraId, reached, reached.at + GAP_SECONDS * 1000);
    }
    return reached.mediaSequence;
  }

  private async recordRun(cameraId: string, reached: Reached, endsAt: number): Promise<void> {
    const runId = await this.startRun(cameraId, reached);
    const folder = runFolder(cameraId, runId);
    const startedAt = reached.at;
    await mkdir(join(this.mediaDirectory, folder), { recursive: true });
    for (let minute = 0; reached.at < endsAt; minute += 1) {
      const { segments } = await this.write(minute, join(this.mediaDirectory, chunkIn(folder, minute)));
      for (const [index, { startsAt, duration, keyFrames }] of this.loop.segments.entries()) {
        const starts_at = new Date(reached.at + startsAt / TICKS_PER_MS);
        const later = packOffsets(keyFrames);
        this.rows.push({
          ...this.common(cameraId, reached),
          ...{ kind: 'media', run_id: runId, chunk: minute, ...segments[index]!, starts_at, duration_ticks: duration },
          ...{ independent: true, gap_cause: null, media_time: startsAt + minute * this.loop.seconds * 1000 * TICKS_PER_MS },
          ...{ monotonic_ms: Math.round(starts_at.getTime() - startedAt), key_frames: later && hex(later), deleted_at: null },
        });
      }
      reached.at += this.loop.seconds * 1000;
    }
    reached.discontinuity += 1;
  }

  private async startRun(camera_id: string, { at, discontinuity }: Reached): Promise<string> {
    const { bytes, codecs, video } = this.loop.init;
    const id = randomUUID();
    const started = { id, camera_id, generation: 1, discontinuity_sequence: discontinuity, started_at: new Date(at) };
    const format = { init_segment: bytes, codecs, width: video?.width ?? 0, height: video?.height ?? 0 };
    await this.db
      .insertInto('runs')
      .values({ ...started, ...format, ended_at: null, end_reason: null, end_detail: null })
      .execute();
    return id;
  }

  private addGap(cameraId: string, reached: Reached, to: number): void {
    this.rows.push({
      ...this.common(cameraId, reached),
      ...{ kind: 'gap', run_id: null, chunk: null, byte_offset: null, byte_length: null, sha256: null },
      ...{ starts_at: new Date(reached.at), duration_ticks: (to - reached.at) * TICKS_PER_MS, independent: false },
      ...{ gap_cause: 'connection-lost', media_time: null, monotonic_ms: null, key_frames: null, deleted_at: null },
    });
    reached.at = to;
  }

  private common(camera_id: string, reached: Reached) {
    const media_sequence = reached.mediaSequence;
    reached.mediaSequence += 1;
    return { camera_id, media_sequence, generation: 1, discontinuity_sequence: reached.discontinuity };
  }

  private async write(minute: number, path: string): Promise<WrittenMinute> {
    const before = this.written.get(minute);
    if (before) {
      await copyFile(before.path, path);
      return before;
    }
    const chunks = this.loop.segments.map((segment) => shifted(segment, this.loop, minute * this.loop.seconds));
    let byte_offset = 0;
    const segments = chunks.map((bytes) => {
      const sha256 = hex(createHash('sha256').update(bytes).digest());
      const segment = { byte_offset, byte_length: bytes.length, sha256 };
      byte_offset += bytes.length;
      return segment;
    });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.concat(chunks));
    const written = { path, segments };
    this.written.set(minute, written);
    return written;
  }

  /**
   * The rows as packagers write them: those of all cameras together, in the order of time. Each neighbour has the rows of the first camera
   * once more, without their bytes.
   */
  async store(neighbours: readonly string[] = []): Promise<void> {
    const rows = this.rows.sort((a, b) => a.starts_at.getTime() - b.starts_at.getTime());
    this.rows = [];
    const [first] = this.reached.keys();
    const theirs = sql`(select * from unnest(${[...neighbours]}::uuid[]) as neighbour)`;
    const runOf = (run: string) => sql`md5(${sql.ref(run)}::text || neighbour)::uuid`;
    await sql`insert into runs (id, camera_id, generation, discontinuity_sequence, started_at, init_segment, codecs, width, height)
      select ${runOf('id')}, neighbour, generation, discontinuity_sequence, started_at, init_segment, codecs, width, height
      from runs, ${theirs} as neighbours where camera_id = ${first}`.execute(this.db);
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
      await sql`with told as (select * from json_populate_recordset(null::segments, ${JSON.stringify(rows.slice(at, at + ROWS_AT_ONCE))}))
        insert into segments select * from (
          select * from told union all
          select ${sql.join(COLUMNS.map((name) => (name === 'camera_id' ? sql`neighbour` : name === 'run_id' ? runOf(name) : sql.ref(name))))}
          from told, ${theirs} as neighbours where camera_id = ${first}) as rows
        order by starts_at`.execute(this.db);
  }
}

/** Of segments, as they stand in the table. */
const COLUMNS = [
  ...[
    'media_sequence',
    'starts_at',
    'duration_ticks',
    'media_time',
    'monotonic_ms',
    'generation',
    'discontinuity_sequence',
    'chunk',
  ],
  ...[
    'byte_offset',
    'byte_length',
    'camera_id',
    'run_id',
    'independent',
    'kind',
    'gap_cause',
    'sha256',
    'key_frames',
    'deleted_at',
  ],
];
