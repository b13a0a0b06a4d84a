export * from './database';
export * from './database.module';
export * from './is-unavailable';
export { migrations } from './migrations';
export * from './of-camera';
export * from './once';
export * from './schema';
