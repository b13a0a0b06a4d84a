import { Controller, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { CurrentSession } from '@app/access';
import { AccreditationFigures, AccreditationImport, AccreditationRules, NumberCheck } from '@app/accreditation';
import { type AccreditationCheck, type AccreditationStatistics, type RouteInput, routes } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';

/** What concerns all accreditations: the public's questions, lists, and the deadline. */
@Controller()
export class AccreditationsController {
  constructor(
    private readonly numbers: NumberCheck,
    private readonly figures: AccreditationFigures,
    private readonly lists: AccreditationImport,
    private readonly rules: AccreditationRules,
  ) {}

  @Endpoint(routes.checkAccreditation)
  check(@Input() { params }: RouteInput<typeof routes.checkAccreditation>): Promise<AccreditationCheck> {
    return this.numbers.check(params.number);
  }

  @Endpoint(routes.accreditationStatistics)
  statistics(): Promise<AccreditationStatistics> {
    return this.figures.figures();
  }

  @Endpoint(routes.importAccreditations)
  import(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.importAccreditations>,
    @Req() body: Request,
  ) {
    return this.lists.import(session, body, { dryRun: query.dryRun === '1' });
  }

  @Endpoint(routes.changeAccreditationSettings)
  change(@CurrentUser() session: CurrentSession, @Input() { body }: RouteInput<typeof routes.changeAccreditationSettings>) {
    return this.rules.change(session, body);
  }
}
