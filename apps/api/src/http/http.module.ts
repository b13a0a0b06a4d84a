import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { AccessModule } from '@app/access';
import { ElectionsModule } from '@app/elections';
import { AccessGuard } from './access.guard';
import { ErrorFilter } from './error.filter';
import { RequestPlaces } from './request-places';
import { RouteCheck } from './route-check';
import { CHECK_RESPONSES, RouteInterceptor } from './route.interceptor';

/** What surrounds every handler: guard, input and answer checks, errors, and the check that no route is forgotten. */
@Module({})
export class HttpModule {
  static for(options: { checkResponses: boolean }): DynamicModule {
    return {
      module: HttpModule,
      imports: [DiscoveryModule, AccessModule, ElectionsModule],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: RouteInterceptor },
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: CHECK_RESPONSES, useValue: options.checkResponses },
        RouteCheck,
        RequestPlaces,
      ],
      exports: [RequestPlaces],
    };
  }
}
