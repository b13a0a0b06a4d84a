import { Controller, Req, Res, type StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { CurrentSession } from '@app/access';
import { type EvidenceJob, type EvidenceJobRef, type RouteInput, routes } from '@app/contracts';
import type { RepeatKey } from '@app/database';
import { EvidenceRequests } from '@app/evidence';
import { FileStore } from '@app/platform';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';
import { sendStored } from '../stored-file';

/** Evidence packages: asked for with a reason, made by a job, taken along. */
@Controller()
export class EvidenceController {
  constructor(
    private readonly requests: EvidenceRequests,
    private readonly store: FileStore,
  ) {}

  @Endpoint(routes.requestEvidence)
  request(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.requestEvidence>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<EvidenceJobRef> {
    return this.requests.request(session, params.id, body, repeat);
  }

  @Endpoint(routes.getEvidence)
  get(@CurrentUser() session: CurrentSession, @Input() { params }: RouteInput<typeof routes.getEvidence>): Promise<EvidenceJob> {
    return this.requests.get(session, params.jobId);
  }

  @Endpoint(routes.evidencePackage)
  async download(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.evidencePackage>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | void> {
    const { name, fileName, sha256 } = await this.requests.file(session, params.jobId);
    const sent = {
      name,
      etag: sha256,
      type: routes.evidencePackage.responseType,
      disposition: `attachment; filename="${fileName}"`,
      cacheControl: 'no-store',
    };
    return sendStored(this.store, sent, request, response);
  }
}
