import { Module } from '@nestjs/common';
import { LeaseRepository } from './lease/lease-repository';
import { PackagerRegistry } from './lease/packager-registry';
import { RecordingRepository } from './recording/recording-repository';
import { RetentionRepository } from './retention/retention-repository';
import { UploadRepository } from './remote/upload-repository';
import { StreamStateRepository } from './state/stream-state-repository';
import { VolumeRegistry } from './storage/volume-registry';
import { DesiredCameras } from './upkeep/desired-cameras';
import { UpkeepRepository } from './upkeep/upkeep-repository';
import { Upkeep } from './upkeep/upkeep.service';

const services = [
  LeaseRepository,
  PackagerRegistry,
  RecordingRepository,
  RetentionRepository,
  StreamStateRepository,
  UploadRepository,
  DesiredCameras,
  VolumeRegistry,
];
const upkeep = [UpkeepRepository, Upkeep];

/** What every app may ask of streams; the packager itself is put together by its own app. */
@Module({ providers: services, exports: services })
export class StreamsModule {}

/** Only for the app that keeps desired and real state together. */
@Module({ imports: [StreamsModule], providers: upkeep, exports: [Upkeep] })
export class UpkeepModule {}
