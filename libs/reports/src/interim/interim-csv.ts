import type { InterimReport, QuestionTotals, ReportTotals, TotalsCell } from '@app/contracts';
import { csvLine } from '@app/platform';

export const INTERIM_COLUMNS = [
  'form',
  'section',
  'question',
  'label',
  'region_id',
  'region',
  'stations',
  'answered',
  'not_observed',
  'value',
  'count',
  'median',
  'sum',
  'hidden',
] as const;

/**
 * One row for each question, region and value; for a number, a time or a text one row with its median. Region empty: the
 * whole. `hidden` is 1 where there are too few stations for a figure.
 */
export function interimCsv({ forms }: InterimReport): string {
  return (
    csvLine(INTERIM_COLUMNS) + forms.flatMap((form) => form.questions.flatMap((question) => linesOf(form, question))).join('')
  );
}

function linesOf(form: ReportTotals, question: QuestionTotals): string[] {
  const named = new Map(form.regions.map(({ id, name }) => [id, name]));
  const begin = [form.form, question.section, question.code, question.label];
  const cells: [string, string, TotalsCell | null][] = [
    ['', '', question.total],
    ...question.regions.map(({ regionId, cell }): [string, string, TotalsCell | null] => [
      regionId,
      named.get(regionId) ?? '',
      cell,
    ]),
  ];
  return cells.flatMap(([id, name, cell]) => {
    if (!cell) return [csvLine([...begin, id, name, null, null, null, null, null, null, null, 1])];
    const counts = [cell.stations, cell.answered, cell.notObserved];
    if (cell.values.length === 0) return [csvLine([...begin, id, name, ...counts, null, null, cell.median, cell.sum, 0])];
    return cell.values.map(({ value, count }) => csvLine([...begin, id, name, ...counts, value, count, null, null, 0]));
  });
}
