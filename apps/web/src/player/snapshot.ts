export type RebuildReason = 'network' | 'media' | 'other';

/** What the player does now. `since`: epoch ms of this computer. */
export type PlayerState =
  | { kind: 'loading' }
  | { kind: 'playing' }
  | { kind: 'paused' }
  | { kind: 'needs-tap' }
  | { kind: 'waiting'; since: number }
  | { kind: 'rebuilding'; reason: RebuildReason; attempt: number }
  | { kind: 'unsupported' };

/** `delayMs`: of the shown frame behind the server's now. `windowMs`: how far back can be gone from here. */
export interface PlayerSnapshot {
  state: PlayerState;
  frameAt: number | null;
  delayMs: number | null;
  following: boolean;
  windowMs: number;
  muted: boolean;
  skippedSeconds: number | null;
}

export const INITIAL_SNAPSHOT: PlayerSnapshot = {
  state: { kind: 'loading' },
  frameAt: null,
  delayMs: null,
  following: true,
  windowMs: 0,
  muted: true,
  skippedSeconds: null,
};
