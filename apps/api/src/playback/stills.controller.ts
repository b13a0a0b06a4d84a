import { Controller, Header, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { type RouteInput, routes } from '@app/contracts';
import { RecordedStills } from '@app/recordings';
import { Endpoint, Input } from '../http/endpoint';
import { FOR_EVER } from './media-answer';

/** Pictures of the past. Those of now are answered by the media door, before Nest. */
@Controller()
export class StillsController {
  constructor(private readonly stills: RecordedStills) {}

  @Endpoint(routes.recordedStill)
  @Header('Access-Control-Allow-Origin', '*')
  @Header('Access-Control-Expose-Headers', 'X-Frame-Time')
  async still(
    @Input() { params, query }: RouteInput<typeof routes.recordedStill>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { at, jpeg } = await this.stills.still(params.cameraId, Date.parse(query.at));
    response.set({ 'Cache-Control': FOR_EVER, 'X-Frame-Time': new Date(at).toISOString() });
    return new StreamableFile(jpeg, { type: routes.recordedStill.responseType, length: jpeg.length });
  }
}
