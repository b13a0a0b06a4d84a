import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Ready } from '@app/contracts';
import { OpenRoute } from '../http/endpoint';
import { Readiness } from './readiness';

@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @OpenRoute()
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @OpenRoute()
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Ready> {
    const ready = await this.readiness.check();
    response.status(ready.status === 'failing' ? 503 : 200);
    return ready;
  }
}
