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

/** One camera's picture and what it tells, live or from the record. */
export interface Player {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => PlayerSnapshot;
  /** UTC of the frame on the screen at this very moment, in epoch ms; null before the first. */
  frameNow(): number | null;
  play(): void;
  pause(): void;
  setMuted(muted: boolean): void;
}
