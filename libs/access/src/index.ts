export * from './access.module';
export * from './accounts';
export * from './demo-accounts';
export * from './permissions';
export * from './session-token';
export * from './sessions.service';
