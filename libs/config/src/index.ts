export * from './config';
export type { HoldBudgetSetting } from './hold-budget';
export * from './config.module';
export type { S3Place } from './storage-url';
