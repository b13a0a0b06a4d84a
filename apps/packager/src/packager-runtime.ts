import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '@app/config';
import type { CameraSources } from '@app/elections';
import { type FfmpegTools, OutputPipes } from '@app/ffmpeg';
import { type Clock, type DiskSpace, type Logger, StatfsDiskSpace } from '@app/platform';
import type { Fanout } from '@app/realtime';
import {
  Ballast,
  ChunkCleaner,
  DiskChunkStorage,
  DiskWatch,
  FfmpegMediaTools,
  GuardedStorage,
  type LeaseRepository,
  MediaFiles,
  OrphanSweep,
  Packagings,
  PushDesk,
  type RecordingRepository,
  RecordingVolume,
  type RetentionRepository,
  RowWriter,
  StartGate,
  StateWriter,
  StorageGuard,
  StorageUpkeep,
  type StreamStateRepository,
  type VolumeRegistry,
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
}

export const RUNTIME = Symbol('PackagerRuntime');

export function assemble(parts: RuntimeParts): PackagerRuntime {
  const { config, logger, clock, tools, sources, fanout, leases, recording, states } = parts;
  const id = randomUUID();
  const mediaDirectory = join(config.dataDirectory, 'media');
  const gate = new StartGate(STARTS_AT_ONCE);
  const pushes = new PushDesk();
  const pipes = new OutputPipes((error) => logger.warn({ err: error }, 'no pipe could be made for the output of ffmpeg'));
  const rows = new RowWriter(recording, logger);
  const stills = new StillMaker(tools, mediaDirectory, logger);
  const volume = new RecordingVolume({ host: hostname(), directory: mediaDirectory }, parts.volumes);
  const guard = storageGuard(parts, mediaDirectory, volume);
  const services = {
    clock,
    logger,
    sources,
    media: new FfmpegMediaTools(tools, pipes),
    pushes,
    gate,
    recording,
    rows,
    states: new StateWriter(states, fanout, logger),
    storage: new GuardedStorage(new DiskChunkStorage(mediaDirectory), guard, volume),
    guard,
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
  return { id, packagings, pushes, pipes, origin, storage, guard };
}

function storageGuard(parts: RuntimeParts, mediaDirectory: string, volume: RecordingVolume): StorageGuard {
  const { config, clock, logger } = parts;
  const ballast = new Ballast(join(config.dataDirectory, 'ballast'), config.ballastBytes);
  const space = parts.disk ?? new StatfsDiskSpace();
  return new StorageGuard({ space, mediaDirectory, thresholds: config.disk, ballast, volume }, clock, logger);
}

function storageUpkeep(parts: RuntimeParts, mediaDirectory: string): StorageUpkeep {
  const { config, clock, logger, retention } = parts;
  const disk = new DiskWatch(parts.disk ?? new StatfsDiskSpace(), mediaDirectory, config.disk, logger);
  const files = new MediaFiles(mediaDirectory);
  const cleaner = new ChunkCleaner(files, retention, disk, clock, logger);
  const sweep = new OrphanSweep(files, retention, cleaner, clock, logger);
  return new StorageUpkeep({ disk, cleaner, sweep }, retention, clock, logger);
}
