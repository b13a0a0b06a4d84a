export * from './byte-range';
export * from './clock';
export * from './domain-error';
export * from './file-store';
export * from './free-port';
export * from './logger';
export * from './platform.module';
export * from './secret-file';
