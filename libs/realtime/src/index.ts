export * from './fanout';
export * from './realtime.module';
