import { Readable } from 'node:stream';
import { Controller, StreamableFile } from '@nestjs/common';
import { type RouteInput, routes, type StationUptime } from '@app/contracts';
import { Uptimes } from '@app/recordings';
import { Endpoint, Input } from '../endpoint';

const TYPE = `${routes.listGaps.responseType}; charset=utf-8`;

/** How much is on record, and what is missing. */
@Controller()
export class UptimeController {
  constructor(private readonly uptimes: Uptimes) {}

  @Endpoint(routes.stationUptime)
  uptime(@Input() { params, query }: RouteInput<typeof routes.stationUptime>): Promise<StationUptime> {
    return this.uptimes.ofStation(params.code, query);
  }

  @Endpoint(routes.stationUptimeCsv)
  async uptimeCsv(@Input() { params, query }: RouteInput<typeof routes.stationUptimeCsv>): Promise<StreamableFile> {
    const text = Buffer.from(await this.uptimes.csvOfStation(params.code, query));
    return new StreamableFile(text, { type: TYPE, length: text.length, disposition: 'attachment; filename="uptime.csv"' });
  }

  @Endpoint(routes.listGaps)
  async gaps(@Input() { query }: RouteInput<typeof routes.listGaps>): Promise<StreamableFile> {
    const lines = await this.uptimes.gapLines(query);
    return new StreamableFile(Readable.from(lines), { type: TYPE, disposition: 'attachment; filename="gaps.csv"' });
  }
}
