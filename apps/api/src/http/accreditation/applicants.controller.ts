import { Controller, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { CurrentSession } from '@app/access';
import { Applications, Badges, Documents, ObserverAccounts } from '@app/accreditation';
import { type AccreditationDocument, type Badge, type OwnApplication, type RouteInput, routes } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { ApplicantsEdge } from './applicants-edge';
import { Reference } from './reference';

/** What people without an account may do about their application. */
@Controller()
export class ApplicantsController {
  constructor(
    private readonly applications: Applications,
    private readonly documents: Documents,
    private readonly accounts: ObserverAccounts,
    private readonly badges: Badges,
    private readonly edge: ApplicantsEdge,
  ) {}

  @Endpoint(routes.applyForAccreditation)
  async apply(@Input() { body }: RouteInput<typeof routes.applyForAccreditation>, @Req() request: Request) {
    return this.applications.apply(body, {
      address: request.ip ?? 'unknown',
      requestKey: this.edge.requestKey(request),
      userId: await this.edge.userOf(request),
    });
  }

  @Endpoint(routes.ownApplication)
  own(@Reference() reference: string): Promise<OwnApplication> {
    return this.applications.own(reference);
  }

  @Endpoint(routes.answerAccreditation)
  answer(
    @Reference() reference: string,
    @Input() { body }: RouteInput<typeof routes.answerAccreditation>,
  ): Promise<OwnApplication> {
    return this.applications.answer(reference, body.answer);
  }

  @Endpoint(routes.addAccreditationDocument)
  addDocument(
    @Reference() reference: string,
    @Input() { query }: RouteInput<typeof routes.addAccreditationDocument>,
    @Req() body: Request,
  ): Promise<AccreditationDocument> {
    return this.documents.add(reference, query.name, body);
  }

  @Endpoint(routes.openObserverAccount)
  openAccount(
    @Reference() reference: string,
    @Input() { body }: RouteInput<typeof routes.openObserverAccount>,
  ): Promise<OwnApplication> {
    return this.accounts.open(reference, body.password);
  }

  @Endpoint(routes.linkObserverAccount)
  linkAccount(@CurrentUser() session: CurrentSession, @Reference() reference: string): Promise<OwnApplication> {
    return this.accounts.link(session, reference);
  }

  @Endpoint(routes.ownBadge)
  badge(@Reference() reference: string, @Req() request: Request): Promise<Badge> {
    return this.badges.own(reference, this.edge.siteUrl(request));
  }
}
