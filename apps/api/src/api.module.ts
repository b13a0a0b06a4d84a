import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { type Config, ConfigModule } from '@app/config';
import { DatabaseModule } from '@app/database';
import { type Logger, PlatformModule } from '@app/platform';
import { QueueModule } from '@app/queue';
import { RealtimeModule } from '@app/realtime';
import { HttpModule } from './http/http.module';
import { SessionsController } from './http/sessions/sessions.controller';

export interface ApiOptions {
  config: Config;
  databaseUrl: string;
  logger: Logger;
  /** Hold every JSON answer against its route's schema: off in production. */
  checkResponses: boolean;
}

@Module({})
export class ApiModule {
  static for({ config, databaseUrl, logger, checkResponses }: ApiOptions): DynamicModule {
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
      ],
      controllers: [SessionsController],
    };
  }
}
