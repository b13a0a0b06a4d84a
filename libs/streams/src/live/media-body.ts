import type { FileRange } from '../recording/chunk-storage';

/** Bytes of a part or a segment: in memory while it is new, on disk later. */
export type MediaBody = { kind: 'memory'; chunks: readonly Buffer[]; byteLength: number } | ({ kind: 'file' } & FileRange);

export const inMemory = (chunks: readonly Buffer[]): MediaBody => ({
  kind: 'memory',
  chunks,
  byteLength: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
});
