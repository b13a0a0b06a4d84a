export * from './media';
export * from './media-invalid';
export { FragmentParser } from './fragment-parser';
export { chooseTargetDuration, Segmenter, type DiscontinuityReason, type PackedEvent, type PackedPart } from './segmenter';
export { LiveWindow } from './live-window';
export type { Found, History, HistorySegment, ListedSegment, LiveWindowOptions, RunStart } from './live-window-types';
export { parseDirectives, type DirectiveRule, type Directives, type ParsedDirectives, type Position } from './directives';
export type { PlaylistAnswer } from './playlist-writer';
export { firstDecodeSeconds, fragmentedFileHead, moveFragments, type FilePart } from './fragmented-file';
