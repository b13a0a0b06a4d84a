import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db, ofCamera } from '@app/database';
import { SHEET_MS } from './sheet-plan';

/** A sheet by its camera and its first moment, epoch ms. */
export interface SheetName {
  cameraId: string;
  startsAt: number;
}

/** Where a sheet lies in the store. */
export const sheetFile = ({ cameraId, startsAt }: SheetName): string => `scrub/${cameraId}/${startsAt / 1000}.jpg`;

/** Which sheets there are, which are due, and which must go. */
@Injectable()
export class SheetRepository {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** @param madeAt before its footage was read: what is deleted after that must take the sheet with it */
  async record({ cameraId, startsAt }: SheetName, madeAt: Date): Promise<void> {
    await this.db
      .insertInto('scrub_sheets')
      .values({ camera_id: cameraId, starts_at: new Date(startsAt), made_at: madeAt })
      .onConflict((conflict) => conflict.columns(['camera_id', 'starts_at']).doUpdateSet({ made_at: madeAt }))
      .execute();
  }

  async forget({ cameraId, startsAt }: SheetName): Promise<void> {
    await this.db
      .deleteFrom('scrub_sheets')
      .where('camera_id', '=', cameraId)
      .where('starts_at', '=', new Date(startsAt))
      .execute();
  }

  /** Sheets that begin at these times, have footage, and are not there yet. */
  async due(starts: readonly number[], limit: number): Promise<SheetName[]> {
    const found: SheetName[] = [];
    for (const startsAt of starts) {
      const from = new Date(startsAt);
      const to = new Date(startsAt + SHEET_MS);
      const { rows } = await sql<{ id: string }>`
        select cameras.id from cameras
        where not exists (select 1 from scrub_sheets where camera_id = cameras.id and starts_at = ${from})
          and exists (select 1 from segments where ${ofCamera(sql.ref('cameras.id'))} and starts_at >= ${from} and starts_at < ${to} and chunk is not null)
        order by cameras.id limit ${limit - found.length}`.execute(this.db);
      found.push(...rows.map(({ id }) => ({ cameraId: id, startsAt })));
    }
    return found;
  }

  /** The next sheets of a walk from the oldest on, and whether footage of each was deleted since it was made. */
  async walk(after: SheetName | undefined, limit: number): Promise<(SheetName & { isOutdated: boolean })[]> {
    const behind = after ? sql`where (starts_at, camera_id) > (${new Date(after.startsAt)}, ${after.cameraId})` : sql``;
    const { rows } = await sql<{ camera_id: string; starts_at: Date; outdated: boolean }>`
      with sheets as (select * from scrub_sheets ${behind} order by starts_at, camera_id limit ${limit})
      select camera_id, starts_at, exists (select 1 from segments where ${ofCamera(sql.ref('sheets.camera_id'))}
          and segments.starts_at > sheets.starts_at - interval '1 minute' and segments.starts_at < sheets.starts_at + interval '10 minutes'
          and segments.deleted_at >= sheets.made_at) as outdated
      from sheets order by starts_at, camera_id`.execute(this.db);
    return rows.map((row) => ({ cameraId: row.camera_id, startsAt: row.starts_at.getTime(), isOutdated: row.outdated }));
  }
}
