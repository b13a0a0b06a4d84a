import type { Presence } from './sync';

/** What the player of the record shows. */
export interface PastSnapshot {
  /** The moment that is shown, epoch ms. */
  at: number;
  isPlaying: boolean;
  /** What each camera has at that moment, by camera. */
  presences: ReadonlyMap<string, Presence>;
}
