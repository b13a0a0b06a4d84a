import type { Db } from '@app/database';
import { GROUP_LABELS, TAXONOMY, TAXONOMY_VERSION } from './taxonomy';

/** Adds the codes of today's taxonomy that the table does not hold yet; leaves what a deployment changed as it is. */
export async function seedIncidentCodes(db: Db): Promise<void> {
  await db
    .insertInto('incident_codes')
    .values(
      TAXONOMY.map((entry, index) => ({
        code: entry.code,
        version: TAXONOMY_VERSION,
        group_code: entry.group,
        group_label: GROUP_LABELS[entry.group as keyof typeof GROUP_LABELS],
        label: entry.label,
        severity: entry.severity,
        digit: entry.digit,
        sort: (index + 1) * 10,
      })),
    )
    .onConflict((conflict) => conflict.columns(['code', 'version']).doNothing())
    .execute();
}
