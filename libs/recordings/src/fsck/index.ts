export type { Bucket } from './bucket-check';
export * from './findings';
export * from './fsck';
export * from './report';
