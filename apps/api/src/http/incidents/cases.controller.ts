import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type Addendum, type Incident, type Played, type RouteInput, routes } from '@app/contracts';
import type { RepeatKey } from '@app/database';
import { AddendumService, CaseService, PlayedService } from '@app/incidents';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';

/** What is done with incidents after they were flagged. */
@Controller()
export class CasesController {
  constructor(
    private readonly cases: CaseService,
    private readonly addenda: AddendumService,
    private readonly played: PlayedService,
  ) {}

  @Endpoint(routes.addAddendum)
  add(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.addAddendum>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<Addendum> {
    return this.addenda.add(session, params.id, body.text, repeat);
  }

  @Endpoint(routes.claimIncident)
  claim(@CurrentUser() session: CurrentSession, @Input() { params }: RouteInput<typeof routes.claimIncident>): Promise<Incident> {
    return this.cases.claim(session, params.id);
  }

  @Endpoint(routes.releaseIncident)
  release(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.releaseIncident>,
  ): Promise<Incident> {
    return this.cases.release(session, params.id);
  }

  @Endpoint(routes.handOverIncident)
  handOver(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.handOverIncident>,
  ): Promise<Incident> {
    return this.cases.handOver(session, params.id, body);
  }

  @Endpoint(routes.breakClaim)
  breakClaim(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.breakClaim>,
  ): Promise<Incident> {
    return this.cases.breakClaim(session, params.id, body.reason);
  }

  @Endpoint(routes.moveIncident)
  move(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.moveIncident>,
  ): Promise<Incident> {
    return this.cases.move(session, params.id, body);
  }

  @Endpoint(routes.classifyIncident)
  classify(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.classifyIncident>,
  ): Promise<Incident> {
    return this.cases.classify(session, params.id, body);
  }

  @Endpoint(routes.flagCase)
  setFlag(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.flagCase>,
  ): Promise<Incident> {
    return this.cases.setFlag(session, params.id, body);
  }

  @Endpoint(routes.askReopen)
  askReopen(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.askReopen>,
  ): Promise<Incident> {
    return this.cases.askReopen(session, params.id, body);
  }

  @Endpoint(routes.recordPlayed)
  recordPlayed(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.recordPlayed>,
  ): Promise<Played> {
    return this.played.record(session, params.id, body.ranges);
  }
}
