import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { CurrentSession } from '@app/access';
import { AccreditationQueries, Badges, Decisions, Documents } from '@app/accreditation';
import { type Accreditation, type AccreditationDetail, type Badge, type Page, type RouteInput, routes } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { ApplicantsEdge } from './applicants-edge';

@Controller()
export class DecidersController {
  constructor(
    private readonly queries: AccreditationQueries,
    private readonly decisions: Decisions,
    private readonly documents: Documents,
    private readonly badges: Badges,
    private readonly edge: ApplicantsEdge,
  ) {}

  @Endpoint(routes.listAccreditations)
  list(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listAccreditations>,
  ): Promise<Page<Accreditation>> {
    return this.queries.list(session, query);
  }

  @Endpoint(routes.getAccreditation)
  get(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.getAccreditation>,
  ): Promise<AccreditationDetail> {
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.approveAccreditation)
  async approve(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.approveAccreditation>,
  ): Promise<AccreditationDetail> {
    await this.decisions.approve(session, params.id, body);
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.askAccreditation)
  async ask(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.askAccreditation>,
  ): Promise<AccreditationDetail> {
    await this.decisions.ask(session, params.id, body.reason);
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.rejectAccreditation)
  async reject(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.rejectAccreditation>,
  ): Promise<AccreditationDetail> {
    await this.decisions.reject(session, params.id, body.reason);
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.suspendAccreditation)
  async suspend(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.suspendAccreditation>,
  ): Promise<AccreditationDetail> {
    await this.decisions.suspend(session, params.id, body.reason);
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.resumeAccreditation)
  async resume(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.resumeAccreditation>,
  ): Promise<AccreditationDetail> {
    await this.decisions.resume(session, params.id, body.reason);
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.revokeAccreditation)
  async revoke(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.revokeAccreditation>,
  ): Promise<AccreditationDetail> {
    await this.decisions.revoke(session, params.id, body.reason);
    return this.queries.get(session, params.id);
  }

  @Endpoint(routes.accreditationBadge)
  badge(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.accreditationBadge>,
    @Req() request: Request,
  ): Promise<Badge> {
    return this.badges.get(session, params.id, this.edge.siteUrl(request));
  }

  /** Never shown by the browser, whatever is in it: strangers sent it. */
  @Endpoint(routes.accreditationDocument)
  async document(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.accreditationDocument>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { document, content } = await this.documents.open(session, params.id, params.documentId);
    response.set({ 'Content-Security-Policy': "default-src 'none'; sandbox", 'X-Content-Type-Options': 'nosniff' });
    return new StreamableFile(content, {
      type: 'application/octet-stream',
      length: document.bytes,
      disposition: attachmentNamed(document.name),
    });
  }
}

/** RFC 6266: a name in any script, and one in ASCII for old programs. */
function attachmentNamed(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
