export * from './case-file';
export * from './evidence-package.service';
export * from './evidence-requests.service';
export { PackageJobs } from './package-jobs';
export { PackageRecord } from './package-record';
export * from './package.module';
