import { Injectable } from '@nestjs/common';
import type { StationUptime, Uptime } from '@app/contracts';
import { Elections, Stations } from '@app/elections';
import { Clock, csvLine } from '@app/platform';
import type { TimeRange } from '../recorded-segment';
import { GapIndex, type PlacedGap } from './gap-index';
import { GAP_COLUMNS, uptimeCsv } from './uptime-csv';
import { gapsWithin, uptimeOf } from './uptime';

/** ISO 8601 texts, as they were asked for. */
export interface AskedRange {
  from?: string | undefined;
  to?: string | undefined;
}

const PAGE_GAPS = 1_000;

/** How much of what was planned is on record, for people. */
@Injectable()
export class Uptimes {
  constructor(
    private readonly stations: Stations,
    private readonly elections: Elections,
    private readonly index: GapIndex,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `station.not-found`, `election.not-found` */
  async ofStation(code: string, asked: AskedRange): Promise<StationUptime> {
    const station = await this.stations.get(code);
    const cameras = await this.index.cameras(station.cameras.map(({ id }) => id));
    const nowMs = this.clock.nowMs();
    const planned = { from: Date.parse(station.opensAt), to: Date.parse(station.countEndsAt) };
    const range = rangeOf(asked, planned, nowMs);
    const gaps = await this.index.gaps(
      cameras.map(({ cameraId }) => cameraId),
      range,
    );
    return {
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      cameras: cameras.map((camera) => {
        const { cameraId, name } = camera;
        const own = gaps.get(cameraId) ?? [];
        return { cameraId, name, ...uptimeOf(range, { ...camera, gaps: own }), gaps: gapsWithin(range, own, nowMs) };
      }),
    };
  }

  /** @throws DomainError `station.not-found`, `election.not-found` */
  async csvOfStation(code: string, asked: AskedRange): Promise<string> {
    return uptimeCsv(code, await this.ofStation(code, asked));
  }

  /** Of each camera's planned day up to now. */
  async ofDay(cameraIds: readonly string[]): Promise<Map<string, Uptime>> {
    const cameras = await this.index.cameras(cameraIds);
    const nowMs = this.clock.nowMs();
    const gaps = await this.index.gaps(cameraIds, { from: Math.min(...cameras.map(({ planned }) => planned.from)), to: nowMs });
    return new Map(
      cameras.map((camera) => {
        const day = { from: camera.planned.from, to: nowMs };
        return [camera.cameraId, uptimeOf(day, { ...camera, gaps: gaps.get(camera.cameraId) ?? [] })];
      }),
    );
  }

  /** Lines of CSV, read from the database as they are taken. @throws DomainError `election.not-found`, `region.not-found` */
  async gapLines(asked: AskedRange & { region?: string | undefined }): Promise<AsyncGenerator<string>> {
    const election = await this.elections.requireCurrent();
    const regions = asked.region === undefined ? undefined : await this.index.regions(election.id, asked.region);
    const nowMs = this.clock.nowMs();
    const day = { from: election.opens_at.getTime(), to: election.count_ends_at.getTime() };
    return this.lines(election.id, rangeOf(asked, day, nowMs), regions, nowMs);
  }

  private async *lines(
    electionId: string,
    range: TimeRange,
    regions: readonly string[] | undefined,
    nowMs: number,
  ): AsyncGenerator<string> {
    yield csvLine(GAP_COLUMNS);
    let last: PlacedGap | undefined;
    do {
      const page = await this.index.page(electionId, range, regions, last, PAGE_GAPS);
      const names = await this.index.regionNames(page.map(({ regionId }) => regionId));
      yield page.map((gap) => gapLine(gap, names.get(gap.regionId) ?? [], range, nowMs)).join('');
      last = page.length === PAGE_GAPS ? page.at(-1) : undefined;
    } while (last);
  }
}

function gapLine(placed: PlacedGap, regionPath: readonly string[], range: TimeRange, nowMs: number): string {
  const [gap] = gapsWithin(range, [placed], nowMs);
  if (!gap) return '';
  const { stationCode, stationName, cameraId, cameraName } = placed;
  return csvLine([
    ...[regionPath.join('/'), stationCode, stationName, cameraId, cameraName],
    ...[gap.from, gap.to, gap.cause, gap.actor],
  ]);
}

/** The planned day up to now where nothing else was asked for. */
function rangeOf(asked: AskedRange, planned: TimeRange, nowMs: number): TimeRange {
  const from = asked.from === undefined ? planned.from : Date.parse(asked.from);
  const to = asked.to === undefined ? Math.min(planned.to, nowMs) : Date.parse(asked.to);
  return { from, to: Math.max(from, to) };
}
