import { Controller, Req, Res, type StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { CurrentSession } from '@app/access';
import { type RouteInput, routes } from '@app/contracts';
import { type ClipFile, ClipViews, IncidentQueries } from '@app/incidents';
import { FileStore } from '@app/platform';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { sendStored } from '../stored-file';

/** The files never change, but who may see them does: only the reader's own browser keeps them. */
const CACHE_CONTROL = 'private, max-age=31536000, immutable';

@Controller()
export class IncidentMediaController {
  constructor(
    private readonly incidents: IncidentQueries,
    private readonly views: ClipViews,
    private readonly store: FileStore,
  ) {}

  @Endpoint(routes.incidentClip)
  async clip(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.incidentClip>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | void> {
    const file = await this.incidents.file(session, params.id, 'clip');
    await this.views.record(session, params.id);
    return this.send(file, `incident-${file.number}.mp4`, 'video/mp4', request, response);
  }

  @Endpoint(routes.incidentStill)
  async still(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.incidentStill>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | void> {
    const file = await this.incidents.file(session, params.id, 'still');
    return this.send(file, `incident-${file.number}.jpg`, 'image/jpeg', request, response);
  }

  private send(
    file: ClipFile,
    title: string,
    type: string,
    request: Request,
    response: Response,
  ): Promise<StreamableFile | void> {
    const sent = {
      name: file.name,
      etag: file.etag,
      type,
      disposition: `inline; filename="${title}"`,
      cacheControl: CACHE_CONTROL,
    };
    return sendStored(this.store, sent, request, response);
  }
}
