import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type Recipient, type RouteInput, routes } from '@app/contracts';
import { Recipients } from '@app/incidents';
import { CurrentUser, Endpoint, Input } from '../endpoint';

/** What handing a claim over needs to know. */
@Controller()
export class HandOverController {
  constructor(private readonly recipients: Recipients) {}

  @Endpoint(routes.listRecipients)
  async list(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.listRecipients>,
  ): Promise<{ items: Recipient[] }> {
    return { items: await this.recipients.list(session, params.id) };
  }
}
