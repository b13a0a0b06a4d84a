import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { ImportProblem, ImportResult } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';
import { CameraAnnouncer } from '../camera-announcer';
import { CameraSources } from '../camera-sources.service';
import { timesOf } from '../election';
import { Elections } from '../elections.service';
import { differsFromExisting, existingStations } from './existing-stations';
import { insertCameras, insertRegions, insertStations } from './insert-stations';
import { refuseProblems } from './read-sheet';
import { readStations } from './read-stations';
import type { ImportedStation } from './station-row';

/** Imports wait for each other: of two with the same new station, the second one sees the first one's. */
const IMPORT_LOCK = 7_012_001;

@Injectable()
export class StationImport {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
    private readonly sources: CameraSources,
    @Inject(CameraAnnouncer) private readonly announcer: Pick<CameraAnnouncer, 'changed'>,
  ) {}

  /**
   * Imports stations and cameras into the election of the day: all rows or, if any is bad, none. A station that is
   * there already with exactly the same facts and cameras is passed over, so the same file may be imported twice; one
   * that differs is a problem of its row.
   * @throws DomainError `import.invalid` with up to 1,000 problems, `request.too-large`, `election.not-found`
   */
  async import(body: AsyncIterable<Buffer>, options: { dryRun: boolean }): Promise<ImportResult> {
    const election = await this.elections.requireCurrent();
    const { stations, problems } = await readStations(body, timesOf(election));
    refuseProblems(problems);
    const result = await this.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx);
      const fresh = await this.newStations(tx, election.id, stations);
      const cameras = fresh.reduce((count, station) => count + station.cameras.length, 0);
      const push = options.dryRun ? [] : await this.write(tx, election.id, fresh);
      return { dryRun: options.dryRun, stations: fresh.length, cameras, push };
    });
    if (!options.dryRun && result.cameras > 0) await this.announcer.changed([]);
    return result;
  }

  private async newStations(tx: Tx, electionId: string, stations: ImportedStation[]): Promise<ImportedStation[]> {
    const existing = await existingStations(tx, electionId, stations, this.sources);
    const problems: ImportProblem[] = [];
    const fresh: ImportedStation[] = [];
    for (const station of stations) {
      const known = existing.get(station.code);
      if (!known) fresh.push(station);
      else if (differsFromExisting(station, known))
        problems.push({
          line: station.line,
          column: 1,
          code: 'station.exists',
          message: 'A station with this code is there already, and its facts or cameras are others.',
        });
    }
    refuseProblems(problems);
    return fresh;
  }

  private async write(tx: Tx, electionId: string, stations: ImportedStation[]): Promise<ImportResult['push']> {
    const regionIds = await insertRegions(tx, electionId, stations);
    const stationIds = await insertStations(tx, electionId, stations, regionIds);
    return insertCameras(tx, stations, stationIds, (cameraId, source) => this.sources.seal(cameraId, source));
  }
}
