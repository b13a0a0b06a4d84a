import { Controller, Req } from '@nestjs/common';
import type { Request } from 'express';
import { type ImportResult, type Page, type RouteInput, routes, type Station, type Timeline } from '@app/contracts';
import { StationCalendar, StationImport, Stations } from '@app/elections';
import { PublicRecord } from '@app/incidents';
import { Timelines } from '@app/recordings';
import { Endpoint, Input } from '../endpoint';

@Controller()
export class StationsController {
  constructor(
    private readonly stations: Stations,
    private readonly calendar: StationCalendar,
    private readonly stationImport: StationImport,
    private readonly timelines: Timelines,
    private readonly record: PublicRecord,
  ) {}

  @Endpoint(routes.listStations)
  list(@Input() { query }: RouteInput<typeof routes.listStations>): Promise<Page<Station>> {
    return this.stations.list(query);
  }

  @Endpoint(routes.getStation)
  get(@Input() { params }: RouteInput<typeof routes.getStation>): Promise<Station> {
    return this.stations.get(params.code);
  }

  @Endpoint(routes.changeStation)
  change(@Input() { params, body }: RouteInput<typeof routes.changeStation>): Promise<Station> {
    return this.calendar.change(params.code, body);
  }

  @Endpoint(routes.stationTimeline)
  async timeline(@Input() { params, query }: RouteInput<typeof routes.stationTimeline>): Promise<Timeline> {
    const range = { from: Date.parse(query.from), to: Date.parse(query.to) };
    const [timeline, incidents] = await Promise.all([
      this.timelines.ofStation(params.code, range),
      this.record.marks(params.code, range),
    ]);
    return { ...timeline, incidents };
  }

  @Endpoint(routes.importStations)
  import(@Input() { query }: RouteInput<typeof routes.importStations>, @Req() body: Request): Promise<ImportResult> {
    return this.stationImport.import(body, { dryRun: query.dryRun === '1' });
  }
}
