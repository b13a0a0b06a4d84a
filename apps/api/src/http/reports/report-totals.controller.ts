import { Controller, StreamableFile } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type InterimReport, type ReportTotals, type RouteInput, routes } from '@app/contracts';
import { InterimReports, ReportTotalsService } from '@app/reports';
import { CurrentUser, Endpoint, Input } from '../endpoint';

/** What the forms say together. */
@Controller()
export class ReportTotalsController {
  constructor(
    private readonly totals: ReportTotalsService,
    private readonly interim: InterimReports,
  ) {}

  @Endpoint(routes.reportTotals)
  count(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.reportTotals>,
  ): Promise<ReportTotals> {
    return this.totals.totals(session, query.form, query.lang);
  }

  @Endpoint(routes.interimReport)
  json(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.interimReport>,
  ): Promise<InterimReport> {
    return this.interim.json(session, query.lang);
  }

  @Endpoint(routes.interimReportCsv)
  async csv(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.interimReportCsv>,
  ): Promise<StreamableFile> {
    const bytes = Buffer.from(await this.interim.csv(session, query.lang), 'utf8');
    return sent(bytes, 'text/csv; charset=utf-8; header=present', 'csv');
  }

  @Endpoint(routes.interimReportPdf)
  async pdf(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.interimReportPdf>,
  ): Promise<StreamableFile> {
    return sent(await this.interim.pdf(session, query.lang), 'application/pdf', 'pdf');
  }
}

function sent(bytes: Buffer, type: string, extension: string): StreamableFile {
  return new StreamableFile(bytes, {
    type,
    length: bytes.length,
    disposition: `attachment; filename="interim-report.${extension}"`,
  });
}
