import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock';
import type { Logger } from './logger';

/** Injection token of the process's logger. */
export const LOGGER = Symbol('Logger');

@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
export class PlatformModule {
  static for(logger: Logger): DynamicModule {
    return { module: PlatformModule, providers: [{ provide: LOGGER, useValue: logger }], exports: [LOGGER] };
  }
}
