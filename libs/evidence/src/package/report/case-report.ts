import { readFile } from 'node:fs/promises';
import type { ReportLanguage } from '@app/contracts';
import { PageWriter, printDuration, printMoment } from '@app/documents';
import type { CaseFile } from '../case-file';
import type { PackedCamera } from '../manifest';
import type { PackedStill } from '../still-maker';
import type { ReportWords } from './report-words';
import { REPORT_WORDS } from './words';

export interface ReportInput {
  caseFile: CaseFile;
  cameras: readonly PackedCamera[];
  stills: readonly PackedStill[];
  language: ReportLanguage;
  /** Where a file of the package is now. */
  pathOf: (name: string) => string;
}

interface Telling extends ReportInput {
  page: PageWriter;
  words: ReportWords;
  /** Wall clock of the station and UTC, each on a line. */
  moment: (iso: string | number) => [string, string];
}

/** The PDF that a judge reads: facts, pictures, what happened, what was decided, what footage there is and its hashes. */
export async function writeReport(input: ReportInput): Promise<Buffer> {
  const words = REPORT_WORDS[input.language];
  const { incident, station } = input.caseFile;
  const subtitle = words.subtitle(incident.number, station.code);
  const date = new Date(incident.at);
  const page = new PageWriter({ title: `${words.title}. ${subtitle}`, language: input.language, date });
  const moment = (at: string | number): [string, string] => {
    const printed = printMoment(typeof at === 'number' ? at : Date.parse(at), station.timezone);
    return [printed.station, printed.utc];
  };
  const telling: Telling = { ...input, page, words, moment };
  page.title(words.title, subtitle);
  page.paragraph(words.about, 'quiet');
  tellFacts(telling);
  await tellPictures(telling);
  tellTimeline(telling);
  tellDecisions(telling);
  tellFootage(telling);
  tellChecks(telling);
  tellHashes(telling);
  return page.finish(`Pollglass · ${station.code} · ${incident.number} · ${incident.id}`, words.page);
}

function tellFacts({ page, words, caseFile, moment, language }: Telling): void {
  const { incident, station, election } = caseFile;
  const both = (iso: string) => moment(iso);
  page.heading(words.facts);
  page.fact(words.incident, [String(incident.number), `${words.incidentId}: ${incident.id}`]);
  page.fact(words.category, [`${incident.code} · ${incident.codeLabels[language] ?? incident.codeLabels.en}`]);
  page.fact(words.severity, [`${incident.severity} · ${words.severities[incident.severity] ?? ''}`]);
  page.fact(words.state, [words.states[incident.state] ?? incident.state]);
  page.fact(words.outcome, [
    incident.outcome === null ? words.notDecided : (words.outcomes[incident.outcome] ?? incident.outcome),
  ]);
  page.fact(words.election, [election.name]);
  page.fact(words.station, [`${station.code} · ${station.name}`]);
  if (station.address !== null) page.fact(words.address, [station.address]);
  page.fact(words.regions, [station.regions.join(' · ')]);
  page.fact(words.flaggedFrame, both(incident.at));
  const [[fromLocal, fromUtc], [toLocal, toUtc]] = [moment(incident.from), moment(incident.to)];
  page.fact(words.flaggedRange, [`${fromLocal}  ${words.until}  ${toLocal}`, `${fromUtc}  ${words.until}  ${toUtc}`]);
  page.fact(words.pressedAt, both(incident.clock.pressedAt));
  page.fact(words.pictureDelay, [printDuration(incident.clock.delayMs, words.units)]);
  page.fact(words.receivedAt, both(incident.clock.receivedAt));
  page.fact(words.note, [incident.note === null || incident.note === '' ? words.noNote : incident.note]);
}

async function tellPictures({ page, words, stills, caseFile, moment, pathOf }: Telling): Promise<void> {
  page.heading(words.pictures, 340);
  if (stills.length === 0) return page.paragraph(words.noPictures);
  page.paragraph(words.picturesAbout, 'quiet');
  const flagged = caseFile.cameras.find(({ isFlagged }) => isFlagged)?.number;
  for (const still of stills) {
    const camera = words.camera(still.cameraNumber, still.cameraName);
    const title = still.cameraNumber === flagged ? `${camera} (${words.flaggedCamera})` : camera;
    page.picture(await readFile(pathOf(still.path)), title, [moment(still.at).join('   ·   '), still.path]);
  }
}

function tellTimeline({ page, words, caseFile, moment }: Telling): void {
  page.heading(words.timeline);
  const columns = [
    { title: words.stationTime, width: 0.31 },
    { title: words.utc, width: 0.27 },
    { title: words.what, width: 0.27 },
    { title: words.who, width: 0.15 },
  ];
  const rows = caseFile.events.map(({ at, type, actor }) => [...moment(at), words.events[type] ?? type, words.whose[actor.part]]);
  page.table(columns, rows);
}

function tellDecisions({ page, words, caseFile, moment }: Telling): void {
  page.heading(words.decision);
  if (caseFile.decisions.length === 0) page.paragraph(words.decisions.none);
  for (const decision of caseFile.decisions) {
    page.subheading(words.outcomes[decision.outcome] ?? decision.outcome);
    if (decision.superseded) page.paragraph(words.decisions.superseded, 'quiet');
    page.paragraph(moment(decision.at).join('   ·   '), 'quiet');
    page.fact(words.decisions.made, [words.madeBy[decision.madeBy] ?? decision.madeBy]);
    page.fact(words.decisions.reason, [words.reasonCodes[decision.reasonCode] ?? decision.reasonCode]);
    for (const { by, stage, outcome, reasonCode, reason } of decision.findings) {
      const finding = `${words.outcomes[outcome] ?? outcome}, ${words.reasonCodes[reasonCode] ?? reasonCode}`;
      page.fact(`${by.name}, ${words.stages[stage] ?? stage}`, [finding, reason]);
    }
  }
}

function tellFootage({ page, words, cameras, moment }: Telling): void {
  page.heading(words.footage);
  page.paragraph(words.footageAbout, 'quiet');
  for (const camera of cameras) {
    page.subheading(words.camera(camera.number, camera.name));
    const counts = { original: 0, deleted: 0, unavailable: 0, damaged: 0 };
    for (const { fate } of camera.segments) counts[fate.state] += 1;
    const told = (['original', 'deleted', 'unavailable', 'damaged'] as const).filter((state) => counts[state] > 0);
    page.fact(words.segments, told.length === 0 ? ['0'] : told.map((state) => `${words[state]}: ${counts[state]}`));
    const bytes = camera.segments.reduce((sum, { row, fate }) => sum + (fate.state === 'original' ? (row.length ?? 0) : 0), 0);
    page.fact(words.size, [`${(bytes / 2 ** 20).toFixed(1).replace('.', words.units.decimal)} ${words.units.mib}`]);
    const [first, last] = [camera.segments[0]?.row, camera.segments.at(-1)?.row];
    if (first && last) {
      const [[fromLocal, fromUtc], [toLocal, toUtc]] = [moment(first.startsAt), moment(last.startsAt + last.durationMs)];
      page.fact(words.covers, [`${fromLocal}  ${words.until}  ${toLocal}`, `${fromUtc}  ${words.until}  ${toUtc}`]);
    }
    if (camera.gaps.length === 0) {
      page.fact(words.gaps, [words.noGaps]);
      continue;
    }
    page.fact(words.gaps, [String(camera.gaps.length)]);
    const columns = [
      { title: words.stationTime, width: 0.31 },
      { title: words.utc, width: 0.27 },
      { title: words.duration, width: 0.14 },
      { title: words.cause, width: 0.28 },
    ];
    const rows = camera.gaps.map((gap) => [
      ...moment(gap.from),
      printDuration(gap.to - gap.from, words.units),
      words.causes[gap.cause] ?? gap.cause,
    ]);
    page.table(columns, rows);
  }
}

function tellChecks({ page, words }: Telling): void {
  page.heading(words.check);
  page.steps(words.checkSteps);
  page.paragraph(words.limits, 'quiet');
}

function tellHashes({ page, words, cameras, moment }: Telling): void {
  page.heading(words.hashes, 200);
  page.paragraph(words.hashesAbout, 'quiet');
  for (const camera of cameras) {
    page.subheading(words.camera(camera.number, camera.name));
    for (const init of camera.inits) page.hash(init.path, `${init.bytes} ${words.bytes}`, init.sha256);
    for (const { row, fate } of camera.segments) {
      const [, utc] = moment(row.startsAt);
      const hash = row.sha256 ?? '';
      if (fate.state === 'original') page.hash(fate.path, `${utc} · ${row.length} ${words.bytes}`, hash);
      else page.hash(`${row.mediaSequence}: ${words[fate.state]}`, utc, hash);
    }
  }
}
