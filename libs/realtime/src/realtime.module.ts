import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DB, type Db } from '@app/database';
import type { Logger } from '@app/platform';
import { Fanout } from './fanout';
import { OutboxRelay } from './outbox-relay';
import { PostgresFanout } from './postgres-fanout';
import { RedisFanout } from './redis-fanout';

@Injectable()
class FanoutLife implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(Fanout) private readonly fanout: Fanout) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.fanout.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.fanout.stop();
  }
}

@Module({})
export class RealtimeModule {
  static for(databaseUrl: string, redisUrl: string | undefined, logger: Logger): DynamicModule {
    const make = (db: Db): Fanout => (redisUrl ? new RedisFanout(redisUrl, logger) : new PostgresFanout(db, databaseUrl, logger));
    return {
      module: RealtimeModule,
      global: true,
      providers: [{ provide: Fanout, useFactory: make, inject: [DB] }, FanoutLife, OutboxRelay],
      exports: [Fanout, OutboxRelay],
    };
  }
}
