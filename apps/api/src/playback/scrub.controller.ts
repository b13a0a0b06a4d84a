import { Controller, Header, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { type RouteInput, routes } from '@app/contracts';
import { ScrubSheets } from '@app/recordings';
import { Endpoint, Input } from '../http/endpoint';
import { FOR_EVER } from './media-answer';

const GROWING = 'public, max-age=10';

/** Sheets of small pictures, for finding a moment. */
@Controller()
export class ScrubController {
  constructor(private readonly sheets: ScrubSheets) {}

  @Endpoint(routes.scrubSheet)
  @Header('Access-Control-Allow-Origin', '*')
  async sheet(
    @Input() { params }: RouteInput<typeof routes.scrubSheet>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { jpeg, isFinished } = await this.sheets.sheet({ cameraId: params.cameraId, startsAt: params.startsAt * 1000 });
    response.set('Cache-Control', isFinished ? FOR_EVER : GROWING);
    return new StreamableFile(jpeg, { type: routes.scrubSheet.responseType, length: jpeg.length });
  }
}
