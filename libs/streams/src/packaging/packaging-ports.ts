import type { Writable, Readable } from 'node:stream';
import type { Fault, FaultContext, InputCodecs, PackagingInput, PackagingPlan, ProcessExit } from '@app/ffmpeg';
import type { CameraSources } from '@app/elections';
import type { Beat, Clock, Logger } from '@app/platform';
import type { ChunkStorage } from '../recording/chunk-storage';
import type { RecordingRepository } from '../recording/recording-repository';
import type { RowWriter } from '../recording/row-writer';
import type { PictureEyes } from '../picture/luma-decoder';
import type { LeftRows } from '../spool/left-rows';
import type { StorageGuard } from '../storage/storage-guard';
import type { StateWriter } from '../state/state-writer';
import type { PushDesk } from './push-desk';
import type { StartGate } from './start-gate';
import type { StartPace } from './start-pace';

/** One life of ffmpeg, as packaging sees it. */
export interface MediaProcess {
  readonly stdout: Readable;
  readonly stdin: Writable | null;
  readonly exited: Promise<ProcessExit>;
  readonly inputCodecs: Promise<InputCodecs | undefined>;
  readonly stderr: readonly string[];
  stop(graceMs: number): Promise<ProcessExit>;
}

/** What packaging asks of ffmpeg. */
export abstract class MediaTools {
  /** @param onLine told of each line of stderr. */
  abstract start(input: PackagingInput, plan: PackagingPlan, onLine: (line: string) => void): MediaProcess;
  abstract classify(stderr: readonly string[], context: FaultContext): Fault;
}

/** Everything the cameras of one packager share. */
export interface PackagingServices {
  readonly clock: Clock;
  /** On which all cameras are read. */
  readonly beat: Pick<Beat, 'after'>;
  readonly logger: Logger;
  /** Opens a source at the moment it is needed; nothing of it is ever logged. */
  readonly sources: Pick<CameraSources, 'sourceOf'>;
  readonly media: MediaTools;
  readonly pushes: PushDesk;
  readonly gate: StartGate;
  readonly pace: StartPace;
  readonly recording: RecordingRepository;
  readonly rows: RowWriter;
  readonly leftRows: Pick<LeftRows, 'adopt'>;
  readonly states: StateWriter;
  readonly storage: ChunkStorage;
  readonly guard: StorageGuard;
  /** Undefined: nobody looks at pictures. */
  readonly eyes?: PictureEyes | undefined;
  /** When this packager was started, epoch ms: what is missing from before it was lost by a restart. */
  readonly startedAtMs: number;
  /** Where `storage` keeps its files. */
  readonly mediaDirectory: string;
  /** 0 (inclusive) to 1. */
  readonly random: () => number;
}
