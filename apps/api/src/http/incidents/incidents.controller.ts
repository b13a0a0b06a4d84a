import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type Incident, type IncidentCode, type IncidentDetail, type Page, type RouteInput, routes } from '@app/contracts';
import type { RepeatKey } from '@app/database';
import { FlagService, IncidentCodes, IncidentDetails, IncidentQueries, OwnFlagService } from '@app/incidents';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';

@Controller()
export class IncidentsController {
  constructor(
    private readonly flags: FlagService,
    private readonly ownFlags: OwnFlagService,
    private readonly incidents: IncidentQueries,
    private readonly details: IncidentDetails,
    private readonly codes: IncidentCodes,
  ) {}

  @Endpoint(routes.listIncidentCodes)
  async listCodes(@Input() { query }: RouteInput<typeof routes.listIncidentCodes>): Promise<{ items: IncidentCode[] }> {
    return { items: await this.codes.list(query.lang) };
  }

  @Endpoint(routes.flagIncident)
  flag(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.flagIncident>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<Incident> {
    return this.flags.flag(session, body, repeat);
  }

  @Endpoint(routes.listIncidents)
  list(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listIncidents>,
  ): Promise<Page<Incident>> {
    return this.incidents.list(session, query);
  }

  @Endpoint(routes.getIncident)
  get(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.getIncident>,
  ): Promise<IncidentDetail> {
    return this.details.get(session, params.id);
  }

  @Endpoint(routes.describeIncident)
  describe(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.describeIncident>,
  ): Promise<Incident> {
    return this.ownFlags.describe(session, params.id, body);
  }

  @Endpoint(routes.withdrawIncident)
  withdraw(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.withdrawIncident>,
  ): Promise<Incident> {
    return this.ownFlags.withdraw(session, params.id);
  }
}
