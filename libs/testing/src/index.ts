export * from './browser';
export * from './process-tree';
export * from './ownership';
export * from './postgres';
export * from './redis';
export * from './system';
export * from './reload-checker';
export * from './reload-checker-poll';
