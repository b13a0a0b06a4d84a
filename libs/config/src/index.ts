export * from './config';
export * from './config.module';
export type { S3Place } from './storage-url';
