import { Controller, Get, Header } from '@nestjs/common';
import { DomainError } from '@app/platform';
import { OpenRoute } from '../http/endpoint';

/** Addresses below /hls/ that name no media. Those that do are answered by the media door, before Nest. */
@Controller('hls')
export class PlaybackController {
  @OpenRoute()
  @Get('*path')
  @Header('Access-Control-Allow-Origin', '*')
  nothing(): never {
    throw new DomainError('media.not-found', 'There is nothing at this address.');
  }
}
