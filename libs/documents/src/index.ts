export * from './page-writer';
export * from './print-times';
