import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@app/config';
import type { CameraSources } from '@app/elections';
import { type FfmpegTools, OutputPipes } from '@app/ffmpeg';
import { Beat, type Clock, type DiskSpace, type Logger, StatfsDiskSpace } from '@app/platform';
import type { Fanout } from '@app/realtime';
import { type ChunkStore, mediaDirectoryOf, type StoredChunks } from '@app/storage';
import {
  Ballast,
  ChunkCleaner,
  ChunkUploader,
  type DerivedFiles,
  DiskChunkStorage,
  DiskSpoolFiles,
  DiskWatch,
  FfmpegMediaTools,
  GuardedStorage,
  type LeaseRepository,
  LeftRows,
  LeftSpools,
  LumaDecoder,
  MediaFiles,
  OrphanSweep,
  type PackagerRegistry,
  Packagings,
  PushDesk,
  type RecordingRepository,
  RecordingVolume,
  RemoteCopies,
  type RetentionRepository,
  RowSpool,
  RowWriter,
  StartGate,
  StartPace,
  StateWriter,
  StorageGuard,
  StorageUpkeep,
  type StreamStateRepository,
  type VolumeRegistry,
  type UploadRepository,
} from '@app/streams';
import { OriginServer } from './origin/origin-server';
import { PackagerMetrics } from './origin/packager-metrics';
import { StillMaker } from './origin/still-maker';

/** Cameras that connect at the same time on one packager. */
const STARTS_AT_ONCE = 8;

export interface RuntimeParts {
  config: Config;
  logger: Logger;
  clock: Clock;
  tools: FfmpegTools;
  sources: CameraSources;
  fanout: Fanout;
  leases: LeaseRepository;
  recording: RecordingRepository;
  retention: RetentionRepository;
  states: StreamStateRepository;
  volumes: VolumeRegistry;
  packagers: PackagerRegistry;
  /** Where footage is kept besides this machine's disk. */
  remote?: { store: ChunkStore; stored: StoredChunks; index: UploadRepository };
  /** What may go from this disk before footage does. */
  derived?: DerivedFiles;
  /** The real disks, unless told otherwise. */
  disk?: DiskSpace;
}

/** The working parts of one packager, put together. */
export interface PackagerRuntime {
  /** Of this process: a restarted packager is another one. */
  id: string;
  packagings: Packagings;
  pushes: PushDesk;
  pipes: OutputPipes;
  origin: OriginServer;
  storage: StorageUpkeep;
  guard: StorageGuard;
  rows: RowWriter;
  leftRows: LeftRows;
  /** Undefined: switched off. */
  eyes: LumaDecoder | undefined;
}

export const RUNTIME = Symbol('PackagerRuntime');

export function assemble(parts: RuntimeParts): PackagerRuntime {
  const { config, logger, clock, tools, sources, fanout, leases, recording, states } = parts;
  const id = randomUUID();
  const mediaDirectory = mediaDirectoryOf(config);
  const gate = new StartGate(STARTS_AT_ONCE);
  const pushes = new PushDesk();
  const beat = new Beat();
  const pipes = new OutputPipes(
    (error) => logger.warn({ err: error }, 'no pipe could be made for the output of ffmpeg'),
    (ms, wake) => beat.after(ms, wake),
  );
  const spool = new DiskSpoolFiles(join(config.dataDirectory, 'spool'));
  const rows = new RowWriter(recording, new RowSpool(id, spool), logger);
  const leftRows = new LeftRows(id, new LeftSpools(spool), recording, parts.packagers, logger);
  const stills = new StillMaker(tools, mediaDirectory, logger);
  const eyes = config.pictureChecks ? new LumaDecoder(tools, logger) : undefined;
  const volume = new RecordingVolume({ host: hostname(), directory: mediaDirectory }, parts.volumes);
  const guard = storageGuard(parts, mediaDirectory, volume);
  const services = {
    clock,
    beat,
    logger,
    sources,
    media: new FfmpegMediaTools(tools, pipes),
    pushes,
    gate,
    pace: new StartPace(() => clock.monotonicMs()),
    recording,
    rows,
    leftRows,
    states: new StateWriter(states, fanout, logger),
    storage: new GuardedStorage(new DiskChunkStorage(mediaDirectory), guard, volume),
    guard,
    eyes,
    startedAtMs: clock.nowMs(),
    mediaDirectory,
    random: () => Math.random(),
  };
  const packagings = new Packagings({ id, capacity: config.packagers.capacity }, leases, services, {
    taken: ({ cameraId, generation }) => {
      fanout.publish('LeaseTaken', { cameraId, generation }).catch((error: unknown) => {
        logger.debug({ err: error, cameraId }, 'a new owner was not announced');
      });
    },
    gone: (cameraId) => {
      stills.forget(cameraId);
      pushes.refuse(cameraId);
    },
  });
  const storage = storageUpkeep(parts, mediaDirectory);
  const metrics = new PackagerMetrics({ packagings, rows, gate, storage, guard });
  const origin = new OriginServer(packagings, stills, metrics, mediaDirectory, logger);
  return { id, packagings, pushes, pipes, origin, storage, guard, rows, leftRows, eyes };
}

function storageGuard(parts: RuntimeParts, mediaDirectory: string, volume: RecordingVolume): StorageGuard {
  const { config, clock, logger } = parts;
  const ballast = new Ballast(join(config.dataDirectory, 'ballast'), config.ballastBytes);
  const space = parts.disk ?? new StatfsDiskSpace();
  return new StorageGuard({ space, mediaDirectory, thresholds: config.disk, ballast, volume }, clock, logger);
}

function storageUpkeep(parts: RuntimeParts, mediaDirectory: string): StorageUpkeep {
  const { config, clock, logger, retention } = parts;
  const disk = new DiskWatch(parts.disk ?? new StatfsDiskSpace(), mediaDirectory, config.disk, clock, logger);
  const files = new MediaFiles(mediaDirectory);
  const cleaner = new ChunkCleaner(files, retention, disk, clock, logger);
  const sweep = new OrphanSweep(files, retention, cleaner, clock, logger);
  const copies = remoteCopies(parts, files, disk);
  const { derived } = parts;
  const volume = `${hostname()}:${mediaDirectory}`;
  const more = { ...(derived && { derived }), ...(copies && { copies }) };
  return new StorageUpkeep({ volume, disk, cleaner, sweep, ...more }, retention, logger);
}

function remoteCopies(parts: RuntimeParts, files: MediaFiles, disk: DiskWatch): RemoteCopies | undefined {
  const { config, clock, logger, remote } = parts;
  if (!remote) return undefined;
  const uploader = new ChunkUploader(files, remote.store, remote.stored, remote.index, logger);
  const keepMs = async (): Promise<number> => ((await disk.look()).excessBytes > 0 ? 0 : config.localCopyMs);
  return new RemoteCopies({ files, uploader, ...remote, clock, logger, keepMs });
}
