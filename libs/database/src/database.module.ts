import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@app/platform';
import { createDatabase, type Db } from './database';

/** Injection token of the Kysely instance. */
export const DB = Symbol('Db');

@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(@Inject(DB) private readonly db: Db) {}

  async onApplicationShutdown(): Promise<void> {
    await this.db.destroy();
  }
}

@Module({})
export class DatabaseModule {
  static for(url: string, logger: Logger, maxConnections = 10): DynamicModule {
    const db = createDatabase(url, {
      maxConnections,
      onIdleError: (error) => logger.warn({ err: error }, 'database connection lost'),
    });
    return { module: DatabaseModule, global: true, providers: [{ provide: DB, useValue: db }, DatabaseCloser], exports: [DB] };
  }
}
