export * from './database';
export * from './database.module';
export * from './once';
export * from './schema';
