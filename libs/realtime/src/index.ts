export * from './fanout';
export * from './outbox';
export * from './outbox-relay';
export * from './realtime.module';
