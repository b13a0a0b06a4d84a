import { type RawBuilder, sql } from 'kysely';
import type { Row } from '@app/database';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const NAME = new RegExp(`^(${UUID})/(${UUID})/(0|[1-9][0-9]{0,8})\\.m4s$`);

export interface ChunkName {
  cameraId: string;
  runId: string;
  /** 0 for the first of the run. */
  chunk: number;
}

/** The folder of a run, below a media folder. */
export const runFolder = (cameraId: string, runId: string): string => `${cameraId}/${runId}`;

export const chunkIn = (folder: string, chunk: number): string => `${folder}/${chunk}.m4s`;

/** Undefined: no packager gives a file such a name. */
export function readChunkName(file: string): ChunkName | undefined {
  const [, cameraId, runId, chunk] = NAME.exec(file) ?? [];
  return cameraId === undefined || runId === undefined ? undefined : { cameraId, runId, chunk: Number(chunk) };
}

/** The file that has a row's bytes; null: a gap, or they were deleted. */
export function fileOf({ camera_id, run_id, chunk }: Pick<Row<'segments'>, 'camera_id' | 'run_id' | 'chunk'>): string | null {
  return run_id === null || chunk === null ? null : chunkIn(runFolder(camera_id, run_id), chunk);
}

/** `fileOf` of a table with the columns of segments. */
export const fileSql = (table: string): RawBuilder<string> =>
  sql<string>`(${sql.ref(`${table}.camera_id`)} || '/' || ${sql.ref(`${table}.run_id`)} || '/' || ${sql.ref(`${table}.chunk`)} || '.m4s')`;

/** A table `asked (file, camera_id, run_id, chunk)` of these files; those with names that no row can have are left out. */
export function askedChunks(files: readonly string[]): RawBuilder<unknown> {
  const names = files.flatMap((file) => {
    const name = readChunkName(file);
    return name ? [{ file, ...name }] : [];
  });
  return sql`unnest(${names.map(({ file }) => file)}::text[], ${names.map(({ cameraId }) => cameraId)}::uuid[],
    ${names.map(({ runId }) => runId)}::uuid[], ${names.map(({ chunk }) => chunk)}::integer[]) as asked (file, camera_id, run_id, chunk)`;
}

/** Joins the rows of segments to the files of `askedChunks`. */
export const ofAsked = sql`segments.run_id = asked.run_id and segments.chunk = asked.chunk and segments.chunk is not null
  and segments.camera_id = asked.camera_id`;
