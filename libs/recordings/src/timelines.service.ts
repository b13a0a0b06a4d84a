import { Injectable } from '@nestjs/common';
import type { Timeline } from '@app/contracts';
import { Stations } from '@app/elections';
import { Clock } from '@app/platform';
import type { TimeRange } from './recorded-segment';
import { GapIndex } from './gaps/gap-index';
import { type CameraTimeline, timelineOf, type ToldGap } from './timeline';
import { TimelineIndex } from './timeline-index';

/** What is on record of a station, for people. */
@Injectable()
export class Timelines {
  constructor(
    private readonly stations: Stations,
    private readonly index: TimelineIndex,
    private readonly gapIndex: GapIndex,
    private readonly clock: Clock,
  ) {}

  /** Footage and gaps; what was published is for who puts the answer together. @throws DomainError `station.not-found`, `election.not-found` */
  async ofStation(code: string, range: TimeRange): Promise<Omit<Timeline, 'incidents'>> {
    const station = await this.stations.get(code);
    const planned = { from: Date.parse(station.opensAt), to: Date.parse(station.countEndsAt) };
    const cameras = await Promise.all(station.cameras.map(({ id }) => this.ofCamera(id, range, planned)));
    return {
      recorded: cameras.flatMap(({ recorded }) => recorded),
      gaps: cameras.flatMap(({ gaps }) => gaps),
    };
  }

  /** Why there is no footage where there is none, by camera and in the order of time; of cameras of any election. */
  async gapsOf(cameraIds: readonly string[], range: TimeRange): Promise<Map<string, ToldGap[]>> {
    const told = new Map<string, ToldGap[]>();
    for (const { cameraId, planned } of await this.gapIndex.cameras(cameraIds))
      told.set(cameraId, (await this.told(cameraId, range, planned)).gaps);
    return told;
  }

  private async ofCamera(cameraId: string, range: TimeRange, planned: TimeRange): Promise<Pick<Timeline, 'recorded' | 'gaps'>> {
    const { recorded, gaps } = await this.told(cameraId, range, planned);
    return {
      recorded: recorded.map((time) => ({ cameraId, ...instants(time) })),
      gaps: gaps.map((gap) => ({ cameraId, ...instants(gap), cause: gap.cause, ...(gap.actorId && { actor: gap.actorId }) })),
    };
  }

  private async told(cameraId: string, range: TimeRange, planned: TimeRange): Promise<CameraTimeline> {
    // The ends come first: a row that is written in between then lies after the record's end, and is no hole in it.
    const onRecord = await this.index.onRecord(cameraId);
    const stretches = await this.index.stretches(cameraId, range);
    const known = (await this.gapIndex.gaps([cameraId], range)).get(cameraId) ?? [];
    const nowMs = this.clock.nowMs();
    return timelineOf(stretches, { range, onRecord, planned, nowMs, gaps: known });
  }
}

function instants({ from, to }: TimeRange): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
