import { Module } from '@nestjs/common';
import { HoldQueries } from './hold-queries';
import { HoldReleases } from './hold-releases.service';
import { Holds } from './holds.service';

const PROVIDERS = [HoldQueries, Holds, HoldReleases];

/** Holds as people make and release them. Needs the global database and platform modules. */
@Module({ providers: PROVIDERS, exports: PROVIDERS })
export class HoldsModule {}
