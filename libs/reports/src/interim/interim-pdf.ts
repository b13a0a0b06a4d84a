import type { InterimReport, QuestionTotals, ReportTotals, TotalsCell } from '@app/contracts';
import { PageWriter, printMoment } from '@app/documents';
import type { InterimWords } from './interim-words';
import { en } from './words-en';
import { ru } from './words-ru';

const WORDS: Readonly<Record<'en' | 'ru', InterimWords>> = { en, ru };

interface Telling {
  page: PageWriter;
  words: InterimWords;
  report: InterimReport;
}

/** The report that people read: coverage, what was found most, checks of devices, all questions, and how it was made. */
export async function writeInterimPdf(report: InterimReport, language: 'en' | 'ru'): Promise<Buffer> {
  const words = WORDS[language];
  const date = new Date(report.asOf);
  const moment = printMoment(date.getTime(), 'UTC').utc;
  const page = new PageWriter({ title: `${words.title}. ${report.election.name}`, language, date });
  const telling = { page, words, report };
  page.title(words.title, report.election.name);
  page.paragraph(words.asOf(moment));
  page.paragraph(words.about[report.audience], 'quiet');
  tellCoverage(telling);
  tellFindings(telling);
  tellDevices(telling);
  for (const form of report.forms) tellForm(telling, form);
  page.heading(words.method);
  page.steps(words.methodNotes(report.minStations));
  return page.finish(`Pollglass · ${report.election.name} · ${moment}`, words.page);
}

function tellCoverage({ page, words, report }: Telling): void {
  const { coverage, minStations } = report;
  const line = (name: string, stations: number, visited: number | null): string[] => [
    name,
    String(stations),
    visited === null ? words.few(minStations) : String(visited),
    visited === null || stations === 0 ? '' : percent(visited / stations, words),
  ];
  page.heading(words.coverage);
  page.table(
    [
      { title: words.region, width: 0.46 },
      { title: words.stations, width: 0.18 },
      { title: words.visited, width: 0.2 },
      { title: words.share, width: 0.16 },
    ],
    [
      line(words.all, coverage.stations, coverage.visited),
      ...coverage.regions.map(({ name, stations, visited }) => line(name, stations, visited)),
    ],
  );
}

function tellFindings({ page, words, report }: Telling): void {
  page.heading(words.findings);
  if (report.findings.length === 0) return page.paragraph(words.noFindings);
  page.table(
    [
      { title: words.question, width: 0.5 },
      { title: words.code, width: 0.12 },
      { title: words.concerns, width: 0.2 },
      { title: words.stations, width: 0.18 },
    ],
    report.findings.map(({ form, label, incident, concerns, answered, stations }) => [
      `${words.forms[form]}: ${label}`,
      incident ?? '',
      `${words.ofAnswers(concerns, answered)}  (${percent(concerns / answered, words)})`,
      String(stations),
    ]),
  );
}

function tellDevices({ page, words, report }: Telling): void {
  page.heading(words.devices);
  page.table(
    [
      { title: words.check, width: 0.2 },
      { title: words.checks, width: 0.12 },
      { title: words.stations, width: 0.12 },
      { title: words.clean, width: 0.16 },
      { title: words.found, width: 0.4 },
    ],
    report.devices.map(({ kind, total }) =>
      total === null
        ? [words.checkKinds[kind], '', words.few(report.minStations), '', '']
        : [
            words.checkKinds[kind],
            String(total.checks),
            String(total.stations),
            String(total.clean),
            total.findings.map(({ code, checks }) => `${words.checkFindings[code]}: ${checks}`).join('; '),
          ],
    ),
  );
}

function tellForm(telling: Telling, form: ReportTotals): void {
  const { page, words, report } = telling;
  page.heading(words.forms[form.form]);
  if (form.observations === null || form.stations === null) return page.paragraph(words.few(report.minStations), 'quiet');
  if (form.observations === 0) return page.paragraph(words.none, 'quiet');
  page.paragraph(words.received(form.observations, form.stations), 'quiet');
  for (const { code, label } of form.sections) {
    page.subheading(label);
    const questions = form.questions.filter(({ section }) => section === code);
    page.table(
      [
        { title: words.question, width: 0.42 },
        { title: words.answered, width: 0.12 },
        { title: words.notObserved, width: 0.14 },
        { title: words.answers, width: 0.32 },
      ],
      questions.map((question) => questionLine(telling, question)),
    );
  }
  tellRegions(telling, form);
}

function questionLine({ words, report }: Telling, question: QuestionTotals): string[] {
  const { label, total } = question;
  if (!total) return [label, words.few(report.minStations), '', ''];
  return [label, String(total.answered), String(total.notObserved), answersOf(question, total, words)];
}

function answersOf({ options }: QuestionTotals, cell: TotalsCell, words: InterimWords): string {
  if (cell.values.length > 0) {
    const named = (value: string): string =>
      options.find(({ code }) => code === value)?.label ?? (value === 'yes' ? words.yes : value === 'no' ? words.no : value);
    return cell.values.map(({ value, count }) => `${named(value)}: ${count}`).join('; ');
  }
  if (cell.median === null) return '';
  const median = words.median(String(cell.median).replace('.', words.decimal));
  return cell.sum === null ? median : `${median}; ${words.sum(String(cell.sum))}`;
}

/** Of questions that may be answered badly: the others by region are in the data. */
function tellRegions({ page, words, report }: Telling, { questions, regions }: ReportTotals): void {
  const concerning = questions.filter(({ total }) => total?.concerns);
  if (concerning.length === 0 || regions.length < 2) return;
  page.subheading(words.byRegion);
  const told = (cell: TotalsCell | null | undefined): string => {
    if (!cell) return words.few(report.minStations);
    return cell.answered === 0 ? '-' : words.ofAnswers(cell.concerns ?? 0, cell.answered);
  };
  page.table(
    [
      { title: words.question, width: 0.46 },
      { title: words.region, width: 0.28 },
      { title: words.concerns, width: 0.26 },
    ],
    concerning.flatMap(({ label, regions: cells }) =>
      regions.map(({ id, name }, index) => [
        index === 0 ? label : '',
        name,
        told(cells.find(({ regionId }) => regionId === id)?.cell),
      ]),
    ),
  );
}

function percent(share: number, words: InterimWords): string {
  return `${(share * 100).toFixed(1).replace('.', words.decimal)} %`;
}
