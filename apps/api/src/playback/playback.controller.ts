import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenRoute } from '../http/endpoint';
import { Playback } from './playback.service';

/** Everything below /hls/: public, outside the route table because it answers with streams and takes players' own directives. */
@Controller('hls')
export class PlaybackController {
  constructor(private readonly playback: Playback) {}

  @OpenRoute()
  @Get('*path')
  async media(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.setHeader('Access-Control-Allow-Origin', '*');
    await this.playback.send(request, response);
  }
}
