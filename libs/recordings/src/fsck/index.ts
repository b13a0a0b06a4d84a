export * from './findings';
export * from './fsck';
export * from './report';
