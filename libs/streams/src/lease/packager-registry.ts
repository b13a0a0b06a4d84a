import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { DiskReport, FaultCode } from '@app/contracts';
import { DB, type Db } from '@app/database';

export interface PackagerEntry {
  id: string;
  originUrl: string;
  capacity: number;
  /** Why it records nothing now. */
  storageFault?: FaultCode | undefined;
  /** What it last knew of the disk it records to. */
  disk?: DiskReport | undefined;
  /** Since when the database takes none of its rows. */
  rowsRefusedSince?: Date | undefined;
}

/** Which packagers there are and where their live origins answer. */
@Injectable()
export class PackagerRegistry {
  constructor(@Inject(DB) private readonly db: Db) {}

  async beat(packager: PackagerEntry): Promise<void> {
    await sql`insert into packagers (id, origin_url, capacity, heartbeat_at, started_at, storage_fault, disk, rows_refused_since)
      values (${packager.id}::uuid, ${packager.originUrl}, ${packager.capacity}, now(), now(), ${packager.storageFault ?? null},
        ${packager.disk ? JSON.stringify(packager.disk) : null}::jsonb, ${packager.rowsRefusedSince ?? null})
      on conflict (id) do update set origin_url = excluded.origin_url, capacity = excluded.capacity, heartbeat_at = now(),
        storage_fault = excluded.storage_fault, disk = excluded.disk, rows_refused_since = excluded.rows_refused_since`.execute(
      this.db,
    );
  }

  async leave(id: string): Promise<void> {
    await this.db.deleteFrom('packagers').where('id', '=', id).execute();
  }

  /** Whether it was heard of in the last ten seconds. */
  async isAlive(id: string): Promise<boolean> {
    const found = await this.db
      .selectFrom('packagers')
      .select('id')
      .where(sql<boolean>`id::text = ${id}`)
      .where('heartbeat_at', '>', sql<Date>`now() - interval '10 seconds'`)
      .executeTakeFirst();
    return found !== undefined;
  }

  /** Forgets packagers that have not been heard of for a long time. */
  async forgetLost(): Promise<void> {
    await this.db
      .deleteFrom('packagers')
      .where('heartbeat_at', '<', sql<Date>`now() - interval '1 minute'`)
      .execute();
  }

  /** The live origin that answers for a camera, as long as its owner's lease lasts. */
  async originOf(cameraId: string): Promise<{ originUrl: string; generation: number } | undefined> {
    return await this.db
      .selectFrom('camera_leases')
      .innerJoin('packagers', 'packagers.id', 'camera_leases.packager_id')
      .select(['packagers.origin_url as originUrl', 'camera_leases.generation'])
      .where('camera_leases.camera_id', '=', cameraId)
      .where('camera_leases.expires_at', '>', sql<Date>`now()`)
      .executeTakeFirst();
  }
}
