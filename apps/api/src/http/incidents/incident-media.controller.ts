import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { CurrentSession } from '@app/access';
import { type RouteInput, routes } from '@app/contracts';
import { type ClipFile, IncidentQueries } from '@app/incidents';
import { DomainError, FileStore, wantedBytes } from '@app/platform';
import { CurrentUser, Endpoint, Input } from '../endpoint';

/** The files never change, but who may see them does: only the reader's own browser keeps them. */
const CACHE_CONTROL = 'private, max-age=31536000, immutable';

@Controller()
export class IncidentMediaController {
  constructor(
    private readonly incidents: IncidentQueries,
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

  private async send(
    file: ClipFile,
    title: string,
    type: string,
    request: Request,
    response: Response,
  ): Promise<StreamableFile | void> {
    const size = await this.store.size(file.name);
    if (size === undefined) throw new Error(`${file.name} is on record, but not in the store`);
    const tag = `"${file.etag}"`;
    response.set({ 'Cache-Control': CACHE_CONTROL, Vary: 'Cookie', ETag: tag, 'Accept-Ranges': 'bytes' });
    if (request.headers['if-none-match'] === tag) {
      response.status(304);
      return;
    }
    const ifRange = request.headers['if-range'];
    const wanted = wantedBytes(ifRange === undefined || ifRange === tag ? request.headers.range : undefined, size);
    if (wanted.kind === 'unsatisfiable') {
      response.set('Content-Range', `bytes */${size}`);
      throw new DomainError('media.range-not-satisfiable', `The file has ${size} bytes.`);
    }
    const range = wanted.kind === 'part' ? wanted : { start: 0, end: size - 1 };
    if (wanted.kind === 'part') response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
    const length = range.end - range.start + 1;
    return new StreamableFile(this.store.read(file.name, range), { type, length, disposition: `inline; filename="${title}"` });
  }
}
