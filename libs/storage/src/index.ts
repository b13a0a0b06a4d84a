export * from './local-bytes';
export * from './recorded-bytes';
export * from './recorded-bytes.module';
