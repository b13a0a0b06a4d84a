import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type Hold, type HoldDetail, type RouteInput, type RouteResponse, routes } from '@app/contracts';
import type { RepeatKey } from '@app/database';
import { HoldQueries, HoldReleases, Holds } from '@app/recordings';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';

@Controller()
export class HoldsController {
  constructor(
    private readonly queries: HoldQueries,
    private readonly holds: Holds,
    private readonly releases: HoldReleases,
  ) {}

  @Endpoint(routes.listHolds)
  list(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listHolds>,
  ): Promise<RouteResponse<typeof routes.listHolds>> {
    return this.queries.list(session, query);
  }

  @Endpoint(routes.makeHold)
  make(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.makeHold>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<Hold> {
    return this.holds.make(session, body, repeat);
  }

  @Endpoint(routes.getHold)
  get(@CurrentUser() session: CurrentSession, @Input() { params }: RouteInput<typeof routes.getHold>): Promise<HoldDetail> {
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.prolongHold)
  prolong(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.prolongHold>,
  ): Promise<Hold> {
    return this.holds.prolong(session, params.id, body);
  }

  @Endpoint(routes.askHoldRelease)
  ask(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.askHoldRelease>,
  ): Promise<Hold> {
    return this.releases.ask(session, params.id, body.reason);
  }

  @Endpoint(routes.confirmHoldRelease)
  confirm(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.confirmHoldRelease>,
  ): Promise<Hold> {
    return this.releases.confirm(session, params.id, body.reason);
  }

  @Endpoint(routes.refuseHoldRelease)
  refuse(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.refuseHoldRelease>,
  ): Promise<Hold> {
    return this.releases.refuse(session, params.id, body.reason);
  }
}
