import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config';

/** Injection token of the frozen configuration. */
export const CONFIG = Symbol('Config');

@Module({})
export class ConfigModule {
  static for(config: Config): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: CONFIG, useValue: Object.freeze(config) }],
      exports: [CONFIG],
    };
  }
}
