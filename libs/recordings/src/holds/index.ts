export { HoldQueries } from './hold-queries';
export { HoldReleases } from './hold-releases.service';
export { HoldUsage } from './hold-usage';
export { Holds } from './holds.service';
export { HoldsModule } from './holds.module';
