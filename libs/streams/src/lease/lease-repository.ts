import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { isDesired } from '../upkeep/desired-cameras';
import { LEASE_MS, QUIET_AFTER_DATABASE_START_MS } from './lease-times';

const milliseconds = (ms: number) => sql`make_interval(secs => ${ms / 1000})`;

export interface HeldLease {
  cameraId: string;
  generation: number;
}

/** What a renewal tells of a camera besides that it is still ours. */
export interface RenewedLease extends HeldLease {
  settingsVersion: number;
  enabled: boolean;
  /** Enabled, and its election is on air. */
  desired: boolean;
}

/** Who owns which camera, in PostgreSQL. All times are PostgreSQL's own. */
@Injectable()
export class LeaseRepository {
  constructor(@Inject(DB) private readonly db: Db) {}

  /**
   * Takes a camera that nobody owns: without a lease, released, or expired. Of several at once exactly one gets it.
   * @returns the new generation, or undefined while somebody else owns the camera.
   */
  async acquire(cameraId: string, packagerId: string): Promise<number | undefined> {
    const { rows } = await sql<{ generation: number }>`
      insert into camera_leases as held (camera_id, generation, packager_id, expires_at)
      select id, 1, ${packagerId}::uuid, now() + ${milliseconds(LEASE_MS)} from cameras where id = ${cameraId}::uuid
      on conflict (camera_id) do update
        set generation = held.generation + 1, packager_id = excluded.packager_id, expires_at = excluded.expires_at
        where held.expires_at <= now() and (
          held.packager_id = excluded.packager_id or held.expires_at = 'epoch'
          or pg_postmaster_start_time() <= now() - ${milliseconds(QUIET_AFTER_DATABASE_START_MS)})
      returning generation`.execute(this.db);
    return rows[0]?.generation;
  }

  /**
   * Takes a camera whoever owns it, for the packager that its push arrived at.
   * @returns also how long the owner before may still be writing, milliseconds: write nothing before that.
   */
  async takeOver(cameraId: string, packagerId: string): Promise<{ generation: number; waitMs: number } | undefined> {
    return await this.db.transaction().execute(async (tx) => {
      const before = await sql<{ remaining: number }>`
        select greatest(0, extract(epoch from expires_at - now()) * 1000)::float8 as remaining
        from camera_leases where camera_id = ${cameraId}::uuid for update`.execute(tx);
      const { rows } = await sql<{ generation: number }>`
        insert into camera_leases as held (camera_id, generation, packager_id, expires_at)
        select id, 1, ${packagerId}::uuid, now() + ${milliseconds(LEASE_MS)} from cameras where id = ${cameraId}::uuid
        on conflict (camera_id) do update
          set generation = held.generation + 1, packager_id = excluded.packager_id, expires_at = excluded.expires_at
        returning generation`.execute(tx);
      const generation = rows[0]?.generation;
      return generation === undefined ? undefined : { generation, waitMs: Math.ceil(before.rows[0]?.remaining ?? 0) };
    });
  }

  /**
   * Renews all leases of a packager in one statement. One that has another generation by now is left out of the answer. One that
   * expired is renewed as long as nobody took it: the row proves that no one else owned the camera meanwhile.
   */
  async renew(packagerId: string, held: readonly HeldLease[]): Promise<RenewedLease[]> {
    if (held.length === 0) return [];
    const ids = held.map((lease) => lease.cameraId);
    const generations = held.map((lease) => lease.generation);
    // Rows are locked in one order everywhere, so that renewals and fenced inserts cannot lock each other out.
    const { rows } = await sql<RenewedLease>`
      with mine as (
        select camera_id from camera_leases
        join unnest(${ids}::uuid[], ${generations}::bigint[]) as held (camera_id, generation) using (camera_id, generation)
        where packager_id = ${packagerId}::uuid order by camera_id for update of camera_leases)
      update camera_leases set expires_at = now() + ${milliseconds(LEASE_MS)}
      from mine
        join cameras on cameras.id = mine.camera_id
        join stations on stations.id = cameras.station_id
        join elections on elections.id = stations.election_id
      where camera_leases.camera_id = mine.camera_id
      returning camera_leases.camera_id as "cameraId", camera_leases.generation, cameras.settings_version as "settingsVersion",
        cameras.enabled, ${isDesired} as desired`.execute(this.db);
    return rows;
  }

  /** Gives a camera up so that another may take it at once. Does nothing if it has another owner already. */
  async release({ cameraId, generation }: HeldLease): Promise<void> {
    await sql`update camera_leases set expires_at = 'epoch'
      where camera_id = ${cameraId}::uuid and generation = ${generation}`.execute(this.db);
  }
}
