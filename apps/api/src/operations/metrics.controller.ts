import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { OpenRoute } from '../http/endpoint';
import { Metrics } from './metrics';

@Controller()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get('metrics')
  @OpenRoute()
  async read(@Res() response: Response): Promise<void> {
    response.setHeader('Content-Type', this.metrics.contentType);
    response.setHeader('Cache-Control', 'no-store');
    response.end(await this.metrics.text());
  }
}
