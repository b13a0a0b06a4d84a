import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Election, Region } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { type ElectionRow, type ElectionTimes, toElection } from './election';
import { onAirIn } from './planned-times';

/** Counting a country's cameras takes a while, and everybody who opens the start page asks for it. */
const REGIONS_FRESH_MS = 1_000;

@Injectable()
export class Elections {
  private regions: { electionId: string; atMs: number; tree: Promise<Region[]> } | undefined;

  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `election.not-found` */
  async current(): Promise<Election> {
    return toElection(await this.requireCurrent(), this.clock.now());
  }

  /** The election of the day: the first that is not over, else the last one. */
  async requireCurrent(): Promise<ElectionRow> {
    const now = this.clock.now();
    const election =
      (await this.db
        .selectFrom('elections')
        .selectAll()
        .where('count_ends_at', '>', now)
        .orderBy('opens_at')
        .executeTakeFirst()) ??
      (await this.db.selectFrom('elections').selectAll().orderBy('count_ends_at', 'desc').executeTakeFirst());
    if (!election) throw new DomainError('election.not-found', 'There is no election yet.');
    return election;
  }

  async create(name: string, times: ElectionTimes): Promise<Election> {
    const row = {
      id: randomUUID(),
      name,
      opens_at: times.opensAt,
      closes_at: times.closesAt,
      count_ends_at: times.countEndsAt,
    };
    await this.db.insertInto('elections').values(row).execute();
    return toElection(row, this.clock.now());
  }

  /** All regions of the election of the day with their counts, each including those below it. At most a second old. */
  async regionTree(): Promise<Region[]> {
    const election = await this.requireCurrent();
    const nowMs = this.clock.monotonicMs();
    const known = this.regions;
    if (known && known.electionId === election.id && nowMs - known.atMs < REGIONS_FRESH_MS) return known.tree;
    const tree = this.countRegions(election);
    const entry = { electionId: election.id, atMs: nowMs, tree };
    this.regions = entry;
    tree.catch(() => {
      if (this.regions === entry) this.regions = undefined;
    });
    return tree;
  }

  private async countRegions(election: ElectionRow): Promise<Region[]> {
    const now = this.clock.now();
    const rows = await this.db
      .selectFrom('regions')
      .leftJoin('stations', 'stations.region_id', 'regions.id')
      .where('regions.election_id', '=', election.id)
      .groupBy('regions.id')
      .select((eb) => [
        'regions.id',
        'regions.parent_id',
        'regions.name',
        eb.fn.count<number>('stations.id').as('stations'),
        eb.fn.coalesce(eb.fn.sum<number>('stations.cameras_on'), eb.lit(0)).as('on'),
        eb.fn.coalesce(eb.fn.sum<number>('stations.cameras_live').filterWhere(onAirIn(election, now)), eb.lit(0)).as('live'),
      ])
      .orderBy('regions.name')
      .execute();
    return sumUp(
      rows.map((row) => ({
        id: row.id,
        parentId: row.parent_id,
        name: row.name,
        stations: row.stations,
        live: Number(row.live),
        total: Number(row.on),
      })),
    );
  }
}

/** Adds what is below to each region's own counts. */
export function sumUp(regions: Region[]): Region[] {
  const byId = new Map(regions.map((region) => [region.id, { ...region }]));
  for (const own of regions) {
    for (let above = own.parentId; above !== null;) {
      const region = byId.get(above);
      if (!region) break;
      region.stations += own.stations;
      region.live += own.live;
      region.total += own.total;
      above = region.parentId;
    }
  }
  return [...byId.values()];
}
