import { type Kysely, sql } from 'kysely';

/**
 * Rows of the index become short. The file of a segment, always `<camera>/<run>/<n>.m4s`, is kept as its number alone; columns stand in the
 * order that leaves nothing between them; and rows lie in the order in which a camera's day is read.
 */
const STATEMENTS = [
  // A name that does not follow from its row would be lost: better no new schema than that.
  `do $$ declare strange record; begin
    select camera_id, media_sequence, file into strange from segments
      where file is not null and (run_id is null or file !~ '/(0|[1-9][0-9]{0,8})\\.m4s$'
        or file <> camera_id || '/' || run_id || '/' || substring(file from '([0-9]+)\\.m4s$') || '.m4s') limit 1;
    if found then
      raise exception 'segment % of camera % names the file %, which is not a chunk file of its camera and run',
        strange.media_sequence, strange.camera_id, strange.file;
    end if;
  end $$`,
  `alter table segments rename to segments_with_names`,
  `create table segments (
    media_sequence bigint not null, starts_at timestamptz not null, duration_ticks bigint not null, media_time bigint, monotonic_ms bigint,
    generation integer not null, discontinuity_sequence integer not null, chunk integer, byte_offset integer, byte_length integer,
    camera_id uuid not null, run_id uuid, independent boolean not null, kind text not null, gap_cause text, sha256 bytea,
    key_frames integer[], deleted_at timestamptz)`,
  `insert into segments (media_sequence, starts_at, duration_ticks, media_time, monotonic_ms, generation, discontinuity_sequence, chunk,
      byte_offset, byte_length, camera_id, run_id, independent, kind, gap_cause, sha256, key_frames, deleted_at)
    select media_sequence, starts_at, duration_ticks, media_time, monotonic_ms, generation, discontinuity_sequence,
      substring(file from '([0-9]+)\\.m4s$')::integer, byte_offset, byte_length, camera_id, run_id, independent, kind, gap_cause, sha256,
      key_frames, deleted_at
    from segments_with_names order by camera_id, media_sequence`,
  `drop table segments_with_names`,
  `alter table segments add primary key (camera_id, media_sequence), add foreign key (run_id) references runs,
    add check (octet_length(sha256) = 32), add check (chunk is null or (chunk >= 0 and run_id is not null))`,
  `create index segments_time on segments (camera_id, starts_at)`,
  // Deleting and copying go file by file. Some thirty rows share each, which the index keeps once.
  `create index segments_chunk on segments (run_id, chunk) where chunk is not null`,
  // The first row of each file: the oldest files of all cameras without reading what came after them.
  `create index segments_oldest on segments (starts_at, run_id, chunk) where chunk is not null and byte_offset = 0`,
  `analyze segments`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
