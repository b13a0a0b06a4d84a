import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { ChangeCamera, PushTarget, RegisterCamera, RegisteredCamera } from '@app/contracts';
import { DB, type Db, ofCamera, type RepeatKey, runOnce, type Tx } from '@app/database';
import { DomainError, InvalidFields } from '@app/platform';
import { CameraAnnouncer } from './camera-announcer';
import { parseSource } from './camera-source';
import { CameraSources } from './camera-sources.service';
import { Cameras } from './cameras.service';
import { Elections } from './elections.service';

type Registration = z.output<typeof RegisterCamera>;
type Change = z.output<typeof ChangeCamera>;
interface Registered {
  cameraId: string;
  push: PushTarget | undefined;
}

/** Registers, changes and deletes cameras, and tells those who run them. */
@Injectable()
export class CameraRegistry {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly announcer: CameraAnnouncer,
    private readonly elections: Elections,
    private readonly cameras: Cameras,
    private readonly sources: CameraSources,
  ) {}

  /**
   * @param repeat of a client that may ask twice: the second time it gets the first camera, with the same stream key
   * @throws DomainError `camera.source-not-allowed`, `station.not-found`, `camera.name-taken`, `request.invalid`
   */
  async register(registration: Registration, repeat?: RepeatKey): Promise<RegisteredCamera> {
    const source = parseSource(registration.source);
    const election = await this.elections.requireCurrent();
    const work = async (tx: Tx): Promise<Registered> => {
      const stationId = await this.lockStation(tx, election.id, registration.stationCode);
      const position = await freePosition(tx, stationId, registration.position);
      const cameraId = randomUUID();
      const { columns, push } = this.sources.seal(cameraId, source);
      const { name } = registration;
      await tx
        .insertInto('cameras')
        .values({ id: cameraId, station_id: stationId, name, position, enabled: true, ...columns })
        .execute()
        .catch(refuseTakenName);
      return { cameraId, push };
    };
    // The kept result holds a stream key, so it is sealed like everything else of its kind.
    const owner = `repeat ${repeat?.userId ?? ''} ${repeat?.key ?? ''}`;
    const { result, first } = await runOnce(this.db, repeat, work, {
      toStored: (registered) => this.sources.sealText(owner, JSON.stringify(registered)),
      fromStored: (stored) => JSON.parse(this.sources.openText(owner, String(stored))) as Registered,
    });
    if (first) await this.announcer.changed([result.cameraId]);
    return this.answer(result);
  }

  /**
   * @param actorId who wants it, for the record of switches
   * @throws DomainError `camera.not-found`, `camera.source-not-allowed`, `camera.name-taken`
   */
  async change(id: string, change: Change, actorId: string): Promise<RegisteredCamera> {
    const sealed = change.source === undefined ? undefined : this.sources.seal(id, parseSource(change.source));
    await this.db.transaction().execute(async (tx) => {
      const camera = await this.lockCamera(tx, id);
      if (change.position !== undefined && change.position !== camera.position) await swapPosition(tx, camera, change.position);
      const isSwitched = change.enabled !== undefined && change.enabled !== camera.enabled;
      await tx
        .updateTable('cameras')
        .set((eb) => ({
          ...sealed?.columns,
          name: change.name ?? camera.name,
          position: change.position ?? camera.position,
          enabled: change.enabled ?? camera.enabled,
          settings_version: sealed || isSwitched ? eb('settings_version', '+', 1) : eb.ref('settings_version'),
        }))
        .where('id', '=', id)
        .execute()
        .catch(refuseTakenName);
      if (isSwitched)
        await tx
          .insertInto('camera_switches')
          .values({ camera_id: id, at: sql<Date>`clock_timestamp()`, enabled: !camera.enabled, actor_id: actorId })
          .execute();
    });
    await this.announcer.changed([id]);
    return this.answer({ cameraId: id, push: sealed?.push });
  }

  /** @throws DomainError `camera.not-found`, `camera.holds-footage` */
  async delete(id: string): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      await this.lockCamera(tx, id);
      const run = await tx.selectFrom('runs').select('id').where('camera_id', '=', id).limit(1).executeTakeFirst();
      const segment = await tx.selectFrom('segments').select('kind').where(ofCamera(id)).limit(1).executeTakeFirst();
      if (run || segment)
        throw new DomainError('camera.holds-footage', 'This camera has footage on record. Switch it off instead of deleting it.');
      const hold = await tx.selectFrom('holds').select('id').where('camera_id', '=', id).limit(1).executeTakeFirst();
      if (hold)
        throw new DomainError('camera.holds-footage', 'This camera is named by a hold. Switch it off instead of deleting it.');
      await tx.deleteFrom('cameras').where('id', '=', id).execute();
    });
    await this.announcer.changed([id]);
  }

  private async answer({ cameraId, push }: Registered): Promise<RegisteredCamera> {
    const camera = await this.cameras.get(cameraId);
    return push ? { ...camera, push } : camera;
  }

  /** Locks the station, so that two cameras registered at once do not take the same position. */
  private async lockStation(tx: Tx, electionId: string, code: string): Promise<string> {
    const station = await tx
      .selectFrom('stations')
      .select('id')
      .where('election_id', '=', electionId)
      .where('code', '=', code)
      .forUpdate()
      .executeTakeFirst();
    if (!station) throw new DomainError('station.not-found', 'There is no station with this code.');
    return station.id;
  }

  private async lockCamera(tx: Tx, id: string) {
    const camera = await tx
      .selectFrom('cameras')
      .select(['id', 'station_id', 'name', 'position', 'enabled'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!camera) throw new DomainError('camera.not-found', 'There is no such camera.');
    return camera;
  }
}

async function freePosition(tx: Tx, stationId: string, wanted: number | undefined): Promise<number> {
  const rows = await tx.selectFrom('cameras').select('position').where('station_id', '=', stationId).execute();
  const taken = new Set(rows.map((row) => row.position));
  if (wanted !== undefined && taken.has(wanted))
    throw new InvalidFields([{ field: 'position', rule: 'is taken by another camera of this station' }]);
  return wanted ?? Math.max(0, ...taken) + 1;
}

/** Whoever holds the position gets the one that becomes free; the constraint looks when the transaction ends. */
async function swapPosition(tx: Tx, camera: { station_id: string; position: number }, wanted: number): Promise<void> {
  await tx
    .updateTable('cameras')
    .set({ position: camera.position })
    .where('station_id', '=', camera.station_id)
    .where('position', '=', wanted)
    .execute();
}

const UNIQUE_VIOLATION = '23505';

function refuseTakenName(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === UNIQUE_VIOLATION && constraint === 'cameras_station_id_name_key')
    throw new DomainError('camera.name-taken', 'This station has a camera of this name already.', undefined, { cause: error });
  throw error;
}
