import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import {
  type Observation,
  type ObservationDetail,
  type Page,
  type ReportFormDefinition,
  type RouteInput,
  routes,
} from '@app/contracts';
import type { RepeatKey } from '@app/database';
import { ObservationQueries, Observations, ReportForms } from '@app/reports';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';

/** What observers fill in at stations. */
@Controller()
export class ObservationsController {
  constructor(
    private readonly forms: ReportForms,
    private readonly observations: Observations,
    private readonly queries: ObservationQueries,
  ) {}

  @Endpoint(routes.listReportForms)
  async listForms(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listReportForms>,
  ): Promise<{ items: ReportFormDefinition[] }> {
    return { items: await this.forms.list(session, query.lang) };
  }

  @Endpoint(routes.sendObservation)
  send(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.sendObservation>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<Observation> {
    return this.observations.send(session, body, repeat);
  }

  @Endpoint(routes.listObservations)
  list(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listObservations>,
  ): Promise<Page<Observation>> {
    return this.queries.list(session, query);
  }

  @Endpoint(routes.getObservation)
  get(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.getObservation>,
  ): Promise<ObservationDetail> {
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.correctObservation)
  async correct(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.correctObservation>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<ObservationDetail> {
    await this.observations.correct(session, params.id, body, repeat);
    return this.queries.get(session, params.id);
  }
}
