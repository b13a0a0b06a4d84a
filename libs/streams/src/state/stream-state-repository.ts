import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { CameraState, EventPayload, FaultCode } from '@app/contracts';
import { DB, type Db, type Row } from '@app/database';
import { reportedState } from '@app/elections';
import type { CameraStatus } from './camera-status';

export type StateChange = EventPayload<'CameraStateChanged'>;

/** What is known of each camera. The owner's generation fences every write. */
@Injectable()
export class StreamStateRepository {
  constructor(@Inject(DB) private readonly db: Db) {}

  /**
   * Writes the states of cameras that their generations still own, in one statement; stale ones are left out.
   * @returns what was written of the cameras in `told`, as it is told to others.
   */
  async write(statuses: readonly CameraStatus[], told: ReadonlySet<string>): Promise<StateChange[]> {
    if (statuses.length === 0) return [];
    const { rows } = await sql<Row<'camera_states'>>`
      with told as (
        select * from jsonb_to_recordset(${JSON.stringify(statuses)}::jsonb) as told (
          "cameraId" uuid, generation bigint, state text, since timestamptz, reason text, "lastFrameAt" timestamptz, codec text,
          "audioCodec" text, width integer, height integer, fps double precision, bitrate integer)),
      owned as (
        select camera_id from camera_leases join told on told."cameraId" = camera_id and told.generation = camera_leases.generation
        order by camera_id for share of camera_leases)
      insert into camera_states as known
        (camera_id, generation, state, since, reason_code, last_frame_at, codec, audio_codec, width, height, fps, bitrate)
      select "cameraId", generation, state, since, reason, "lastFrameAt", codec, "audioCodec", width, height, fps, bitrate
      from told join owned on owned.camera_id = told."cameraId"
      on conflict (camera_id) do update set generation = excluded.generation, state = excluded.state, since = excluded.since,
        reason_code = excluded.reason_code, last_frame_at = coalesce(excluded.last_frame_at, known.last_frame_at),
        codec = coalesce(excluded.codec, known.codec), audio_codec = excluded.audio_codec,
        width = coalesce(excluded.width, known.width), height = coalesce(excluded.height, known.height),
        fps = excluded.fps, bitrate = excluded.bitrate
        where known.generation <= excluded.generation
      returning *`.execute(this.db);
    return await this.describe(rows.filter((row) => told.has(row.camera_id)));
  }

  async find(cameraId: string): Promise<CameraState | undefined> {
    const row = await this.db.selectFrom('camera_states').selectAll().where('camera_id', '=', cameraId).executeTakeFirst();
    return row && reportedState(row);
  }

  /** Why a camera is not live, for an answer to a viewer. */
  async reasonOf(cameraId: string): Promise<{ code: FaultCode; message: string } | null> {
    return (await this.find(cameraId))?.reason ?? null;
  }

  async describe(rows: readonly Row<'camera_states'>[]): Promise<StateChange[]> {
    if (rows.length === 0) return [];
    const codes = await this.db
      .selectFrom('cameras')
      .innerJoin('stations', 'stations.id', 'cameras.station_id')
      .select(['cameras.id', 'stations.code'])
      .where(
        'cameras.id',
        'in',
        rows.map((row) => row.camera_id),
      )
      .execute();
    const codeOf = new Map(codes.map(({ id, code }) => [id, code]));
    return rows.flatMap((row) => {
      const stationCode = codeOf.get(row.camera_id);
      return stationCode === undefined ? [] : [{ cameraId: row.camera_id, stationCode, state: reportedState(row) }];
    });
  }
}
