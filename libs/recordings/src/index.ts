export * from './fsck';
