import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { requirePermission } from '@app/access';
import { type InterimReport, MIN_STATIONS } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections } from '@app/elections';
import { sql } from 'kysely';
import { questionRows } from '../report-forms.service';
import type { Reporter } from '../reporters';
import { type Reading, readingOf } from '../totals/audience';
import { ReportTotalsService } from '../totals/report-totals.service';
import { buildCoverage, coverageRows } from './coverage';
import { buildDeviceTotals, deviceRows } from './device-totals';
import { interimCsv } from './interim-csv';
import { writeInterimPdf } from './interim-pdf';
import { topFindings } from './top-findings';

/** What is known so far. The same observations give the same bytes: its date is that of the newest of them. */
@Injectable()
export class InterimReports {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
    private readonly totals: ReportTotalsService,
  ) {}

  /** Whoever takes it with them is put on record. @throws DomainError `access.denied`, `election.not-found` */
  async json(reporter: Reporter, lang?: string): Promise<InterimReport> {
    const report = await this.gather(reporter, lang);
    await this.record(reporter, report, 'json');
    return report;
  }

  /** @throws DomainError as `json` */
  async csv(reporter: Reporter, lang?: string): Promise<string> {
    const report = await this.gather(reporter, lang);
    await this.record(reporter, report, 'csv');
    return interimCsv(report);
  }

  /** @throws DomainError as `json` */
  async pdf(reporter: Reporter, lang: 'en' | 'ru'): Promise<Buffer> {
    const report = await this.gather(reporter, lang);
    await this.record(reporter, report, 'pdf');
    return writeInterimPdf(report, lang);
  }

  private async gather(reporter: Reporter, lang: string | undefined): Promise<InterimReport> {
    requirePermission(reporter, 'report.read', 'report.fill');
    const election = await this.elections.requireCurrent();
    const reading = await readingOf(this.db, reporter);
    const groups = await this.totals.groupsOf(reading, election.id);
    const forms = await this.totals.all(reporter, lang);
    const rows = await questionRows(this.db);
    const incidents = new Map(rows.map(({ form, code, concern }) => [`${form} ${code}`, concern?.incident ?? null]));
    return {
      election: { id: election.id, name: election.name },
      asOf: (await this.newestOf(reading, election.id, election.opens_at)).toISOString(),
      audience: reading.audience,
      minStations: MIN_STATIONS,
      coverage: buildCoverage(reading.audience, groups.groups, await coverageRows(this.db, reading, election.id, groups)),
      findings: topFindings(forms, (form, code) => incidents.get(`${form} ${code}`) ?? null),
      devices: buildDeviceTotals(reading.audience, await deviceRows(this.db, reading, election.id)),
      forms,
    };
  }

  /** When the newest of what is read came. Nothing yet: the opening. */
  private async newestOf(reading: Reading, electionId: string, otherwise: Date): Promise<Date> {
    const { rows } = await sql<{ newest: Date | null }>`
      select greatest(
        (select max(received_at) from report_observation_versions versions
          join report_observations observations on observations.id = versions.observation_id
          where observations.election_id = ${electionId} and ${reading.ofObservations}),
        (select max(checks.received_at) from device_checks checks join station_devices on station_devices.id = checks.device_id
          where station_devices.election_id = ${electionId} and ${reading.ofChecks})) as newest`.execute(this.db);
    return rows[0]?.newest ?? otherwise;
  }

  private async record(reporter: Reporter, report: InterimReport, form: 'json' | 'csv' | 'pdf'): Promise<void> {
    const grant = reporter.grants.find(({ role }) => role === 'chair' || role === 'auditor' || role === 'observer') ?? null;
    await this.db.transaction().execute((tx) =>
      AuditLog.append(tx, {
        electionId: report.election.id,
        actor: byUser(reporter.user.id),
        grant,
        action: 'report.exported',
        subject: { kind: 'interim-report', id: report.asOf },
        detail: { form, audience: report.audience },
      }),
    );
  }
}
