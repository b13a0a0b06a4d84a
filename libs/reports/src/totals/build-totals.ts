import type { Audience, QuestionTotals, ReportForm, ReportTotals, TotalsCell } from '@app/contracts';
import { MIN_STATIONS } from '@app/contracts';
import { inStandardOrder, type Labels, type QuestionRow, questionView } from '../form-definitions';
import { labelOf } from '../labels';
import { allFigures, bothShown, type Shown, shownFigures } from './few-stations';
import type { RegionGroups } from './region-groups';
import type { CellRow, MedianRow, ValueRow, VisitRow } from './totals-rows';

export interface Counted {
  cells: readonly CellRow[];
  values: readonly ValueRow[];
  medians: readonly MedianRow[];
  visits: readonly VisitRow[];
}

export interface TotalsOf {
  form: ReportForm;
  audience: Audience;
  groups: RegionGroups['groups'];
  questions: readonly QuestionRow[];
  labels: Labels;
}

/** Figures as they are shown: each question with the whole and the regions, without those of too few stations. */
export function buildTotals({ form, audience, groups, questions, labels }: TotalsOf, counted: Counted): ReportTotals {
  const show = audience === 'outside' ? shownFigures : allFigures;
  const visited = groups.map(({ id }) => ({ id, stations: counted.visits.find((row) => row.group_id === id)?.stations ?? 0 }));
  const isShown = show(visited).total;
  const cellAt = indexed(counted);
  const askedOf = new Map(counted.cells.map((cell) => [`${cell.question} ${cell.group_id ?? ''}`, cell.asked]));
  const askedAt = (code: string, group: string): number => askedOf.get(`${code} ${group}`) ?? 0;
  return {
    form,
    audience,
    minStations: MIN_STATIONS,
    observations: isShown ? counted.visits.reduce((sum, { observations }) => sum + observations, 0) : null,
    stations: isShown ? visited.reduce((sum, { stations }) => sum + stations, 0) : null,
    regions: groups,
    sections: sectionsOf(form, questions, labels),
    questions: questions.map((row) => {
      const regions = groups.map(({ id }) => ({ id, cell: cellAt(row, id) }));
      const answering = show(regions.map(({ id, cell }) => ({ id, stations: cell.stations })));
      const asked = show(groups.map(({ id }) => ({ id, stations: askedAt(row.code, id) })));
      const shown = bothShown(answering, asked);
      return questionTotals(row, labels, cellAt(row, null), regions, shown);
    }),
  };
}

function sectionsOf(form: ReportForm, questions: readonly QuestionRow[], labels: Labels): ReportTotals['sections'] {
  const codes = inStandardOrder(form, [...new Set(questions.map(({ section }) => section))]);
  return codes.map((code) => ({ code, label: labels(labelOf.section(code)).text }));
}

function questionTotals(
  row: QuestionRow,
  labels: Labels,
  total: TotalsCell,
  regions: { id: string; cell: TotalsCell }[],
  shown: Shown,
): QuestionTotals {
  const { code, label, lang, options } = questionView(row, labels);
  return {
    code,
    section: row.section,
    label,
    lang,
    type: row.spec.type,
    options,
    total: shown.total ? total : null,
    regions: regions.map(({ id, cell }) => ({ regionId: id, cell: shown.regions.has(id) ? cell : null })),
  };
}

/** Looks a cell up by question and region; null is the whole. */
function indexed({ cells, values, medians }: Counted): (row: QuestionRow, groupId: string | null) => TotalsCell {
  const keyOf = (question: string, group: string | null): string => `${question} ${group ?? ''}`;
  const cellOf = new Map(cells.map((cell) => [keyOf(cell.question, cell.group_id), cell]));
  const countOf = new Map(values.map((row) => [`${keyOf(row.question, row.group_id)} ${row.value}`, row.count]));
  const medianOf = new Map(medians.map((median) => [keyOf(median.question, median.group_id), median]));
  return (row, groupId) => {
    const key = keyOf(row.code, groupId);
    const count = (value: string): number => countOf.get(`${key} ${value}`) ?? 0;
    const median = medianOf.get(key);
    const concern = row.concern;
    return {
      stations: cellOf.get(key)?.stations ?? 0,
      answered: cellOf.get(key)?.answered ?? 0,
      notObserved: cellOf.get(key)?.not_observed ?? 0,
      values: possibleValues(row).map((value) => ({ value, count: count(value) })),
      median: median?.number_median ?? median?.time_median ?? null,
      sum: median?.sum ?? null,
      concerns: concern && concern.in.reduce((sum, value) => sum + count(value), 0),
    };
  };
}

export function possibleValues({ spec }: Pick<QuestionRow, 'spec'>): readonly string[] {
  if (spec.type === 'yes-no') return ['yes', 'no'];
  return spec.type === 'choice' ? spec.options : [];
}
