import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import {
  type AuditChain,
  type AuditEvent,
  type AuditVerdict,
  type ExportAudit,
  type OwnAuditEvent,
  type RouteInput,
  routes,
} from '@app/contracts';
import { AUDIT_CSV, AUDIT_JSON, AuditChains, AuditExport, type AuditForm, AuditSearch } from '@app/incidents';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class AuditController {
  constructor(
    private readonly audit: AuditSearch,
    private readonly chains: AuditChains,
    private readonly exports: AuditExport,
  ) {}

  @Endpoint(routes.searchAudit)
  search(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.searchAudit>,
  ): Promise<{ items: AuditEvent[]; nextCursor: string | null }> {
    return this.audit.search(session, query);
  }

  @Endpoint(routes.ownAudit)
  own(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.ownAudit>,
  ): Promise<{ items: OwnAuditEvent[]; nextCursor: string | null }> {
    return this.audit.own(session, query);
  }

  @Endpoint(routes.auditChains)
  async listChains(@CurrentUser() session: CurrentSession): Promise<{ items: AuditChain[] }> {
    return { items: await this.chains.list(session) };
  }

  @Endpoint(routes.verifyAudit)
  verify(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.verifyAudit>,
  ): Promise<AuditVerdict> {
    return this.chains.verify(session, query.election, query.after);
  }

  @Endpoint(routes.exportAuditCsv)
  csv(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.exportAuditCsv>,
  ): Promise<StreamableFile> {
    return this.send(session, body, AUDIT_CSV, 'text/csv; charset=utf-8; header=present');
  }

  @Endpoint(routes.exportAuditJson)
  json(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.exportAuditJson>,
  ): Promise<StreamableFile> {
    return this.send(session, body, AUDIT_JSON, 'application/json; charset=utf-8');
  }

  private async send(session: CurrentSession, asked: ExportAudit, form: AuditForm, type: string): Promise<StreamableFile> {
    const lines = await this.exports.export(session, asked, form);
    return new StreamableFile(Readable.from(lines), { type, disposition: `attachment; filename="audit.${form.extension}"` });
  }
}
