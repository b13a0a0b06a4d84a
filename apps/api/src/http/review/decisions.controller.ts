import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type DecisionsPage, type RouteInput, routes } from '@app/contracts';
import { DecisionsLog } from '@app/incidents';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class DecisionsController {
  constructor(private readonly log: DecisionsLog) {}

  @Endpoint(routes.listDecisions)
  list(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listDecisions>,
  ): Promise<DecisionsPage> {
    return this.log.list(session, query);
  }

  @Endpoint(routes.exportDecisions)
  async csv(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.exportDecisions>,
  ): Promise<StreamableFile> {
    const lines = await this.log.export(session, body);
    const type = 'text/csv; charset=utf-8; header=present';
    return new StreamableFile(Readable.from(lines), { type, disposition: 'attachment; filename="decisions.csv"' });
  }
}
