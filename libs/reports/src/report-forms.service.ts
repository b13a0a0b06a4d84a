import { Inject, Injectable } from '@nestjs/common';
import { requirePermission, type Rights } from '@app/access';
import { languageOf, REPORT_FORMS, type ReportForm, type ReportFormDefinition, SOURCE_LANGUAGE } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';
import { formView, type Labels, labelsIn, newestVersion, type QuestionRow } from './form-definitions';

/** The forms as the tables hold them now. */
@Injectable()
export class ReportForms {
  constructor(@Inject(DB) private readonly db: Db) {}

  /**
   * The newest version of each form.
   * @param lang a language tag, such as `ru`; labels without a translation are English and say so
   * @throws DomainError `access.denied`
   */
  async list(session: Rights, lang?: string): Promise<ReportFormDefinition[]> {
    requirePermission(session, 'report.fill', 'report.read');
    const [rows, labels] = [await questionRows(this.db), await labelsFor(this.db, lang)];
    return REPORT_FORMS.flatMap((form) => {
      const version = newestVersion(rows, form);
      return version === undefined ? [] : [formView(rows, form, version, labels)];
    });
  }
}

export function questionRows(db: Db | Tx, form?: ReportForm): Promise<QuestionRow[]> {
  const query = db.selectFrom('report_questions').selectAll().orderBy('form').orderBy('version').orderBy('sort').orderBy('code');
  return (form === undefined ? query : query.where('form', '=', form)).execute();
}

export async function labelsFor(db: Db | Tx, lang?: string): Promise<Labels> {
  const language = languageOf(lang);
  const rows = await db.selectFrom('report_labels').selectAll().where('lang', 'in', [language, SOURCE_LANGUAGE]).execute();
  return labelsIn(language, rows);
}
