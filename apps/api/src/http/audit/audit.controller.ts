import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type AuditEvent, type OwnAuditEvent, type RouteInput, routes } from '@app/contracts';
import { AuditSearch } from '@app/incidents';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditSearch) {}

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
}
