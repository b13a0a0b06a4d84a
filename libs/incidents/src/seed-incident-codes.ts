import type { Db } from '@app/database';
import { InvalidFields } from '@app/platform';
import { LABELS } from './labels';
import { taxonomyProblems } from './own-codes';
import { GROUP_LABELS, TAXONOMY, TAXONOMY_VERSION } from './taxonomy';

/**
 * Adds the codes and translations of today's taxonomy that the tables do not hold yet; leaves what a deployment hid or
 * added as it is.
 * @throws InvalidFields when the deployment gave a code another meaning
 */
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
  await db
    .insertInto('incident_code_labels')
    .values(translations())
    .onConflict((conflict) => conflict.columns(['code', 'lang']).doNothing())
    .execute();
  const problems = taxonomyProblems(await db.selectFrom('incident_codes').selectAll().execute());
  if (problems.length > 0) throw new InvalidFields(problems);
}

function translations() {
  return Object.entries(LABELS).flatMap(([lang, { groups, codes }]) =>
    TAXONOMY.map(({ code, group }) => ({ code, lang, group_label: groups[group] ?? group, label: codes[code] ?? code })),
  );
}
