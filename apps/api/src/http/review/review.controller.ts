import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type ReviewClocks as Clocks, type RouteInput, routes, type Timeliness } from '@app/contracts';
import { ReviewClocks } from '@app/incidents';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class ReviewController {
  constructor(private readonly clocks: ReviewClocks) {}

  @Endpoint(routes.reviewClocks)
  read(): Promise<Clocks> {
    return this.clocks.read();
  }

  @Endpoint(routes.setReviewClocks)
  set(@CurrentUser() session: CurrentSession, @Input() { body }: RouteInput<typeof routes.setReviewClocks>): Promise<Clocks> {
    return this.clocks.set(session, body);
  }

  @Endpoint(routes.timeliness)
  async timeliness(): Promise<{ items: Timeliness[] }> {
    return { items: await this.clocks.timeliness() };
  }
}
