import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { type Config, ConfigModule } from '@app/config';
import { DatabaseModule } from '@app/database';
import { CameraProbe, ElectionsModule, FFMPEG, type LocatedFfmpeg } from '@app/elections';
import { PublicRecordModule } from '@app/incidents';
import { type Logger, PlatformModule } from '@app/platform';
import { QueueModule } from '@app/queue';
import { RealtimeModule } from '@app/realtime';
import { HoldsModule, RecordingsModule } from '@app/recordings';
import { Drain } from './drain';
import { AccreditationRoutesModule } from './http/accreditation/accreditation-routes.module';
import { CamerasController } from './http/cameras/cameras.controller';
import { UptimeController } from './http/stations/uptime.controller';
import { ElectionsController } from './http/elections/elections.controller';
import { HoldsController } from './http/holds/holds.controller';
import { EvidenceRoutesModule } from './http/evidence/evidence-routes.module';
import { HttpModule } from './http/http.module';
import { IncidentRoutesModule } from './http/incidents/incident-routes.module';
import { PublicRecordController } from './http/public-record/public-record.controller';
import { ReportRoutesModule } from './http/reports/report-routes.module';
import { AccountsController } from './http/sessions/accounts.controller';
import { SecondFactorController } from './http/sessions/second-factor.controller';
import { SessionsController } from './http/sessions/sessions.controller';
import { TokensController } from './http/sessions/tokens.controller';
import { StationsController } from './http/stations/stations.controller';
import { OperationsModule } from './operations/operations.module';
import { PlaybackModule } from './playback/playback.module';
import { RealtimeEdgeModule } from './realtime/realtime-edge.module';

export interface ApiOptions {
  config: Config;
  databaseUrl: string;
  logger: Logger;
  /** Hold every JSON answer against its route's schema: off in production. */
  checkResponses: boolean;
  /** For probing cameras; asked when it is first needed. */
  ffmpeg: LocatedFfmpeg;
  /** The built web app; nothing is served where there is none. */
  webDirectory: string;
}

@Module({})
export class ApiModule {
  static for({ config, databaseUrl, logger, checkResponses, ffmpeg }: ApiOptions): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.for(logger),
        ConfigModule.for(config),
        DatabaseModule.for(databaseUrl, logger),
        QueueModule.for(databaseUrl, config.redisUrl, logger),
        RealtimeModule.for(databaseUrl, config.redisUrl, logger),
        HttpModule.for({ checkResponses }),
        AccessModule,
        ElectionsModule,
        RecordingsModule,
        HoldsModule,
        PublicRecordModule,
        OperationsModule.for(config),
        RealtimeEdgeModule,
        PlaybackModule.for(ffmpeg),
        IncidentRoutesModule,
        EvidenceRoutesModule,
        AccreditationRoutesModule,
        ReportRoutesModule,
      ],
      controllers: [
        SessionsController,
        SecondFactorController,
        TokensController,
        AccountsController,
        ElectionsController,
        StationsController,
        UptimeController,
        CamerasController,
        HoldsController,
        PublicRecordController,
      ],
      providers: [CameraProbe, { provide: FFMPEG, useValue: ffmpeg }, Drain],
    };
  }
}
