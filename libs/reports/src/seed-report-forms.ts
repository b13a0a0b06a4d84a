import type { Db } from '@app/database';
import { InvalidFields } from '@app/platform';
import { labelRows } from './labels';
import { ownQuestionProblems } from './own-questions';
import { STANDARD_FORMS } from './standard';

/**
 * Adds the questions and labels of today's standard forms that the tables do not hold yet; leaves what a deployment hid or
 * added as it is.
 * @throws InvalidFields when the deployment gave a question another meaning, or one of its own is not whole
 */
export async function seedReportForms(db: Db): Promise<void> {
  await db
    .insertInto('report_questions')
    .values(standardRows())
    .onConflict((conflict) => conflict.columns(['form', 'version', 'code']).doNothing())
    .execute();
  await db
    .insertInto('report_labels')
    .values(labelRows())
    .onConflict((conflict) => conflict.columns(['subject', 'lang']).doNothing())
    .execute();
  const problems = ownQuestionProblems(
    await db.selectFrom('report_questions').selectAll().execute(),
    await db.selectFrom('report_labels').selectAll().execute(),
  );
  if (problems.length > 0) throw new InvalidFields(problems);
}

function standardRows() {
  return STANDARD_FORMS.flatMap(({ form, version, sections }) =>
    sections
      .flatMap(({ code: section, questions }) => questions.map((question) => ({ ...question, section })))
      .map(({ code, section, required, spec, shownIf, concern }, index) => ({
        form,
        version,
        code,
        section,
        sort: (index + 1) * 10,
        required,
        spec: JSON.stringify(spec),
        shown_if: JSON.stringify(shownIf),
        concern: concern && JSON.stringify(concern),
      })),
  );
}
