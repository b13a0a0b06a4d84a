import { Inject, Injectable } from '@nestjs/common';
import { type FieldProblem, type IncidentCode, languageOf, SOURCE_LANGUAGE } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';

export const UNKNOWN_CODE: FieldProblem = { field: 'code', rule: 'is a code of the taxonomy (GET /api/v1/incident-codes)' };

/** The taxonomy as the table holds it now: the newest version of each code. */
@Injectable()
export class IncidentCodes {
  constructor(@Inject(DB) private readonly db: Db) {}

  /**
   * Hidden codes are left out. Each label says which language it is in: English where there is no translation.
   * @param lang a language tag, such as `ru` or `uz-Cyrl`
   */
  async list(lang?: string): Promise<IncidentCode[]> {
    const language = languageOf(lang);
    const rows = await newestCodes(this.db).where('hidden', '=', false).orderBy('sort').orderBy('code').execute();
    const translated = await this.db.selectFrom('incident_code_labels').selectAll().where('lang', '=', language).execute();
    const labels = new Map(translated.map((label) => [label.code, label]));
    return rows.map((row) => {
      const label = labels.get(row.code);
      return {
        code: row.code,
        group: row.group_code,
        groupLabel: label?.group_label ?? row.group_label,
        label: label?.label ?? row.label,
        lang: label ? language : SOURCE_LANGUAGE,
        parent: row.parent_code,
        severity: row.severity,
        digit: row.digit,
        version: row.version,
      };
    });
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
