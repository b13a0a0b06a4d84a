import { Inject, Injectable } from '@nestjs/common';
import { requirePermission } from '@app/access';
import { REPORT_FORMS, type ReportForm, type ReportTotals } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections } from '@app/elections';
import { newestVersion, type QuestionRow, questionsOf } from '../form-definitions';
import { labelsFor, questionRows } from '../report-forms.service';
import type { Reporter } from '../reporters';
import { type Reading, readingOf, stationsRead } from './audience';
import { buildTotals } from './build-totals';
import { type RegionGroups, regionGroups } from './region-groups';
import { cellRows, medianRows, valueRows, visitRows } from './totals-rows';

/** Answers counted by question and region. */
@Injectable()
export class ReportTotalsService {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
  ) {}

  /** Of one form. @throws DomainError `access.denied`, `election.not-found` */
  async totals(reporter: Reporter, form: ReportForm, lang?: string): Promise<ReportTotals> {
    requirePermission(reporter, 'report.read', 'report.fill');
    const election = await this.elections.requireCurrent();
    const reading = await readingOf(this.db, reporter);
    const groups = await this.groupsOf(reading, election.id);
    return this.count(reading, { electionId: election.id, form, groups }, lang);
  }

  /** Of every form. @throws DomainError as `totals` */
  async all(reporter: Reporter, lang?: string): Promise<ReportTotals[]> {
    const totals: ReportTotals[] = [];
    for (const form of REPORT_FORMS) totals.push(await this.totals(reporter, form, lang));
    return totals;
  }

  /** The regions that somebody's figures are told by. */
  async groupsOf(reading: Reading, electionId: string): Promise<RegionGroups> {
    const regions = await this.db
      .selectFrom('regions')
      .select(['id', 'name', 'parent_id as parentId'])
      .where('election_id', '=', electionId)
      .execute();
    const read = await stationsRead(this.db, reading, electionId).execute();
    const reached = new Set(read.map(({ region_id }) => region_id));
    // Regions without a station of theirs are no part of it; those above one are.
    for (const { region_id } of read) for (const id of upFrom(regions, region_id)) reached.add(id);
    const { groups, groupOf } = regionGroups(regions.filter(({ id }) => reached.has(id)));
    const used = new Set(read.flatMap(({ region_id }) => groupOf.get(region_id) ?? []));
    return { groups: groups.filter(({ id }) => used.has(id)), groupOf };
  }

  private async count(
    reading: Reading,
    asked: { electionId: string; form: ReportForm; groups: RegionGroups },
    lang?: string,
  ): Promise<ReportTotals> {
    const rows = await questionRows(this.db, asked.form);
    const version = newestVersion(rows, asked.form);
    const questions = version === undefined ? [] : questionsOf(rows, asked.form, version).filter(({ hidden }) => !hidden);
    const ofType = (...types: string[]): string[] => codesOf(questions.filter(({ spec }) => types.includes(spec.type)));
    const counted = {
      cells: await cellRows(this.db, reading, asked),
      values: await valueRows(this.db, reading, asked, ofType('yes-no', 'choice')),
      medians: await medianRows(this.db, reading, asked, { numbers: ofType('number'), times: ofType('time') }),
      visits: await visitRows(this.db, reading, asked),
    };
    const labels = await labelsFor(this.db, lang);
    return buildTotals({ form: asked.form, audience: reading.audience, groups: asked.groups.groups, questions, labels }, counted);
  }
}

const codesOf = (questions: readonly QuestionRow[]): string[] => questions.map(({ code }) => code);

function upFrom(regions: readonly { id: string; parentId: string | null }[], id: string): string[] {
  const parent = regions.find((region) => region.id === id)?.parentId;
  return parent ? [parent, ...upFrom(regions, parent)] : [];
}
