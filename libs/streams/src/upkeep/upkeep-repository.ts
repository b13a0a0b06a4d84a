import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db, type Row } from '@app/database';
import { type StateChange, StreamStateRepository } from '../state/stream-state-repository';
import { isDesired } from './desired-cameras';

export interface CameraWithoutOwner {
  cameraId: string;
  /** Of its last lease; 0 when it never had one. */
  generation: number;
  pushed: boolean;
}

/** Cameras asked for in one round, so that a whole country starting does not flood the queue. */
const ROUND_CAMERAS = 200;
/** A camera that nobody has taken for this long has no packager. */
const NOBODY_SECONDS = 10;

const calendar = sql`cameras
  join stations on stations.id = cameras.station_id
  join elections on elections.id = stations.election_id
  left join camera_leases on camera_leases.camera_id = cameras.id`;
const isUnowned = sql<boolean>`(camera_leases.expires_at is null or camera_leases.expires_at <= now())`;

/** The desired state against the real one, in PostgreSQL. */
@Injectable()
export class UpkeepRepository {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly states: StreamStateRepository,
  ) {}

  /** Cameras that should be on air and have no owner; in any order, so that none is always last. */
  async withoutOwner(): Promise<CameraWithoutOwner[]> {
    const { rows } = await sql<CameraWithoutOwner>`
      select cameras.id as "cameraId", coalesce(camera_leases.generation, 0) as generation, cameras.source_kind = 'push-rtmp' as pushed
      from ${calendar} where ${isDesired} and ${isUnowned} order by random() limit ${ROUND_CAMERAS}`.execute(this.db);
    return rows;
  }

  /**
   * Says of each camera that nobody owns why that is. Fenced like an owner's word: a camera taken meanwhile is left alone.
   * @returns what changed.
   */
  async tellUnowned(): Promise<StateChange[]> {
    const { rows } = await sql<Row<'camera_states'>>`
      with unowned as (
        select cameras.id, cameras.enabled, ${isDesired} as desired, coalesce(camera_leases.generation, 0) as generation,
          camera_leases.expires_at > 'epoch' as lost, known.state, known.reason_code as reason, known.since
        from ${calendar} left join camera_states known on known.camera_id = cameras.id
        where ${isUnowned} and (${isDesired} or known.state <> 'planned-off' or known.reason_code <> 'not-scheduled' or not cameras.enabled)),
      told as (
        select id, generation, case
            when not enabled then 'switched-off'
            when not desired then 'not-scheduled'
            when state is null or state = 'planned-off' then 'waiting-for-start'
            when reason = 'no-packager' then reason
            when reason in ('waiting-for-start', 'packager-lost', 'packager-stopped') then
              case when since < now() - make_interval(secs => ${NOBODY_SECONDS}) then 'no-packager' else reason end
            when lost then 'packager-lost'
            else 'waiting-for-start' end as reason, reason as before
        from unowned where desired or state is not null)
      insert into camera_states as known (camera_id, generation, state, since, reason_code)
      select id, generation, case
          when reason in ('switched-off', 'not-scheduled') then 'planned-off'
          when reason = 'waiting-for-start' then 'starting' else 'down' end, now(), reason
      from told where reason is distinct from before
      on conflict (camera_id) do update set generation = excluded.generation, state = excluded.state,
          since = case when known.state = excluded.state and known.reason_code <> 'packager-stopped' then known.since else excluded.since end,
          reason_code = excluded.reason_code, fps = null, bitrate = null
        where known.generation <= excluded.generation
      returning *`.execute(this.db);
    return await this.states.describe(rows);
  }
}
