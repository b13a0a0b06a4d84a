export * from './audit-event';
export * from './audit-log';
export * from './audit-queries';
export * from './canonical-json';
export * from './chain';
export * from './chained-events';
export * from './verify-stretch';
