import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Controller, Header, Req, Res, StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type RouteInput, routes } from '@app/contracts';
import { ArchiveLists } from '@app/recordings';
import { Endpoint, Input } from '../http/endpoint';

const zip = promisify(gzip);
const TYPE = routes.archiveList.responseType;

/** Deletions happen: what is settled is looked at again now and then. */
const SETTLED = 'public, max-age=3600';
const GROWING = 'public, max-age=2';

@Controller()
export class ArchiveController {
  constructor(private readonly lists: ArchiveLists) {}

  @Endpoint(routes.archiveList)
  @Header('Access-Control-Allow-Origin', '*')
  async list(
    @Input() { params, query }: RouteInput<typeof routes.archiveList>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const range = { from: Date.parse(query.from), to: Date.parse(query.to) };
    const { text, isSettled } = await this.lists.list(params.cameraId, range);
    response.set({ 'Cache-Control': isSettled ? SETTLED : GROWING, Vary: 'Accept-Encoding' });
    const isZipped = request.acceptsEncodings('gzip') === 'gzip';
    if (isZipped) response.set('Content-Encoding', 'gzip');
    const body = isZipped ? await zip(text, { level: 4 }) : Buffer.from(text);
    return new StreamableFile(body, { type: TYPE, length: body.length });
  }
}
