export * from './ffmpeg-process';
export * from './locate';
export * from './packaging-args';
export * from './plan';
export * from './scrub';
export * from './types';
