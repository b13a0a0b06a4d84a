import { Inject, Injectable } from '@nestjs/common';
import type { FieldProblem, IncidentCode } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';

export const UNKNOWN_CODE: FieldProblem = { field: 'code', rule: 'is a code of the taxonomy (GET /api/v1/incident-codes)' };

/** The taxonomy as the table holds it now: the newest version of each code. */
@Injectable()
export class IncidentCodes {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Hidden codes are left out. Labels are English; `lang` has no other language to choose from yet. */
  async list(): Promise<IncidentCode[]> {
    const rows = await newestCodes(this.db).where('hidden', '=', false).orderBy('sort').orderBy('code').execute();
    return rows.map((row) => ({
      code: row.code,
      group: row.group_code,
      groupLabel: row.group_label,
      label: row.label,
      severity: row.severity,
      digit: row.digit,
      version: row.version,
    }));
  }
}

/** One row a code. */
export function newestCodes(db: Db | Tx) {
  return db
    .selectFrom((eb) =>
      eb.selectFrom('incident_codes').distinctOn('code').selectAll().orderBy('code').orderBy('version', 'desc').as('codes'),
    )
    .selectAll();
}

/** The code, if a new flag may have it. */
export function offeredCode(db: Db | Tx, code: string) {
  return newestCodes(db).where('code', '=', code).where('hidden', '=', false).executeTakeFirst();
}
