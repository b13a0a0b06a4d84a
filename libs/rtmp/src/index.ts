export { RtmpListener, type RtmpStats } from './listener';
export * from './types';
