import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, loadConfig } from '@app/config';
import { createDatabase, type Db } from '@app/database';
import { CameraSources, parseSource } from '@app/elections';
import { type FfmpegTools, locateFfmpeg } from '@app/ffmpeg';
import { createLogger, SecretBox, SystemClock } from '@app/platform';
import { Fanout, type MessageName, type MessagePayload } from '@app/realtime';
import { fsck, type FsckReport } from '@app/recordings';
import { type LiveCamera, type LiveCameraOptions, RtspServer, startLiveCamera } from '@app/simulator';
import {
  type DerivedFiles,
  LeaseRepository,
  PackagerRegistry,
  RecordingRepository,
  RetentionRepository,
  StreamStateRepository,
  VolumeRegistry,
} from '@app/streams';
import { createTestDatabase } from '@app/testing';

export { eventually } from '@app/testing';
import { assemble, type PackagerRuntime } from '../../../apps/packager/src/packager-runtime';

/** Messages stay in this process. */
export class LocalFanout extends Fanout {
  publish<N extends MessageName>(name: N, payload: MessagePayload<N>): Promise<void> {
    this.deliver(this.encode(name, payload));
    return Promise.resolve();
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}

export interface RunningPackager {
  id: string;
  runtime: PackagerRuntime;
  origin: string;
  /** Lets its cameras go in order. */
  stop(): Promise<void>;
}

export interface PackagerOptions {
  capacity?: number;
  directory?: string;
  databaseUrl?: string;
  ballastBytes?: number;
  derived?: DerivedFiles;
}

/** A real database, a media folder and any number of packagers in this process. */
export interface Rig {
  db: Db;
  url: string;
  directory: string;
  config: Config;
  fanout: LocalFanout;
  tools: FfmpegTools;
  addCamera(source: string): Promise<string>;
  startPackager(options?: PackagerOptions): Promise<RunningPackager>;
  state(cameraId: string): Promise<{ state: string; reason_code: string | null } | undefined>;
  /** Numbers of a camera's segments on record, from the oldest. */
  mediaSequences(cameraId: string): Promise<number[]>;
  /** Of each gap of a camera that was listed. */
  gapCauses(cameraId: string): Promise<string[]>;
  stop(): Promise<void>;
}

export interface RigDatabase {
  db: Db;
  url: string;
  stop(): Promise<void>;
}

export async function startRig(given?: RigDatabase): Promise<Rig> {
  const database = given ?? (await createTestDatabase());
  const directory = await mkdtemp(join(tmpdir(), 'pollglass-streams-'));
  const config = loadConfig({
    POLLGLASS_DATA: directory,
    POLLGLASS_SECRET_KEY: '42'.repeat(32),
    LOG_LEVEL: 'silent',
    POLLGLASS_BALLAST_MB: '0',
  });
  const tools = await locateFfmpeg({ ffmpegPath: process.env['FFMPEG_PATH'], path: process.env['PATH'] ?? '' });
  const logger = createLogger('test', process.env['TEST_LOG'] ?? 'silent');
  const fanout = new LocalFanout();
  const stationId = await seed(database.db);
  const box = new SecretBox(Buffer.from('42'.repeat(32), 'hex'));
  const packagers: RunningPackager[] = [];
  let position = 0;

  const startPackager: Rig['startPackager'] = async (options = {}) => {
    const db = createDatabase(options.databaseUrl ?? database.url, { maxConnections: 4, onIdleError: () => undefined });
    const own = {
      ...config,
      dataDirectory: options.directory ?? directory,
      ballastBytes: options.ballastBytes ?? 0,
      packagers: { count: 1, capacity: options.capacity ?? 50 },
    };
    const states = new StreamStateRepository(db);
    const runtime = assemble({
      config: own,
      logger,
      clock: new SystemClock(),
      tools,
      sources: new CameraSources(db, own, box),
      fanout,
      leases: new LeaseRepository(db),
      recording: new RecordingRepository(db),
      retention: new RetentionRepository(db),
      states,
      volumes: new VolumeRegistry(db),
      packagers: new PackagerRegistry(db),
      ...(options.derived && { derived: options.derived }),
    });
    await runtime.guard.start();
    const origin = `http://127.0.0.1:${await runtime.origin.listen('127.0.0.1', 0)}`;
    await new PackagerRegistry(db).beat({ id: runtime.id, originUrl: origin, capacity: own.packagers.capacity });
    runtime.packagings.start();
    const packager = {
      id: runtime.id,
      runtime,
      origin,
      stop: async () => {
        packagers.splice(packagers.indexOf(packager), 1);
        await runtime.packagings.stopAll();
        await runtime.eyes?.stop();
        await runtime.guard.stop();
        await runtime.origin.close();
        await db.destroy();
      },
    };
    packagers.push(packager);
    return packager;
  };

  return {
    db: database.db,
    url: database.url,
    directory,
    config,
    fanout,
    tools,
    startPackager,
    addCamera: async (text) => {
      const id = randomUUID();
      const sources = new CameraSources(database.db, config, box);
      const { columns } = sources.seal(id, parseSource(text));
      position += 1;
      await database.db
        .insertInto('cameras')
        .values({ id, station_id: stationId, name: `Camera ${position}`, position, enabled: true, ...columns })
        .execute();
      return id;
    },
    state: (cameraId) =>
      database.db
        .selectFrom('camera_states')
        .select(['state', 'reason_code'])
        .where('camera_id', '=', cameraId)
        .executeTakeFirst(),
    mediaSequences: async (cameraId) => {
      const rows = await database.db
        .selectFrom('segments')
        .select('media_sequence')
        .where('camera_id', '=', cameraId)
        .orderBy('media_sequence')
        .execute();
      return rows.map((row) => row.media_sequence);
    },
    gapCauses: async (cameraId) => {
      const rows = await database.db
        .selectFrom('segments')
        .select('gap_cause')
        .where('camera_id', '=', cameraId)
        .where('kind', '=', 'gap')
        .execute();
      return rows.map((row) => row.gap_cause ?? 'none');
    },
    stop: async () => {
      for (const packager of [...packagers]) await packager.stop();
      await database.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Little to encode. */
const SMALL_PICTURE = { width: 160, height: 120, fps: 20 };

/** A rig with a drawn camera and a server that shows it under as many paths as a test likes. */
export interface CameraRig extends Rig {
  camera: LiveCamera;
  server: RtspServer;
}

export async function startCameraRig(
  picture: Partial<LiveCameraOptions> = SMALL_PICTURE,
  database?: RigDatabase,
): Promise<CameraRig> {
  const rig = await startRig(database);
  const camera = await startLiveCamera({ tools: rig.tools, name: 'TEST', ...picture });
  const server = new RtspServer();
  await server.listen();
  return {
    ...rig,
    camera,
    server,
    stop: async () => {
      await rig.stop();
      await server.close();
      await camera.stop();
    },
  };
}

/** One election that is on air, with one station. @returns the station's id. */
async function seed(db: Db): Promise<string> {
  const [electionId, regionId, stationId] = [randomUUID(), randomUUID(), randomUUID()];
  const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000);
  await db
    .insertInto('elections')
    .values({ id: electionId, name: 'Test', opens_at: hours(-1), closes_at: hours(5), count_ends_at: hours(8) })
    .execute();
  await db.insertInto('regions').values({ id: regionId, election_id: electionId, parent_id: null, name: 'North' }).execute();
  await db
    .insertInto('stations')
    .values({
      id: stationId,
      election_id: electionId,
      region_id: regionId,
      code: '0001',
      name: 'School',
      address: null,
      lat: null,
      lon: null,
      timezone: 'UTC',
      search_text: 'school',
    })
    .execute();
  return stationId;
}

/** What fsck says of all that was recorded, a minute later. */
export const checked = (db: Db, mediaDirectory: string): Promise<FsckReport> =>
  fsck({ db, mediaDirectory, repairIndex: false, nowMs: () => Date.now() + 60_000, onProgress: () => undefined });
