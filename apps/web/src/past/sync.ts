import { lookUp, type CameraRecord, type Gap } from './day-record';

/**
 * Keeps the cameras of a station at one moment of the wall clock. hls.js plays across gaps as if they were not there;
 * so what happens in a gap is decided here, from the record, and never by the player. All times are epoch ms.
 */

/** What a camera has at a moment. `next`: the gap that this footage is about to end in. `arriving`: too new to be known; there may be footage. */
export type Presence =
  { kind: 'footage'; next: Gap | null } | { kind: 'gap'; gap: Gap } | { kind: 'arriving' } | { kind: 'nothing' };

/** What a tile shows. `shownAt`: time of the frame on the screen, null before the first. */
export interface TileLook {
  presence: Presence;
  shownAt: number | null;
  isSeeking: boolean;
}

export type Order = { kind: 'cover' } | { kind: 'wait' } | { kind: 'seek' } | { kind: 'play'; rate: number } | { kind: 'pause' };

/** The last frame before a gap is shown until here; waiting for its very end would be waiting for ever. */
const EDGE_MS = 250;
/** A camera that was cut off sent its last pictures earlier than its last sound: footage may run dry this long before its end. */
const ENDING_MS = 2500;
const DRY_MS = 300;
/** A gap that is over before anyone has read why. */
const SHORT_GAP_MS = 500;
/** Rows come to the index this long after their time. */
const ARRIVING_MS = 30_000;
const IN_STEP_MS = 40;
const PAUSED_IN_STEP_MS = 150;
/** Further ahead than this a tile waits: slowing down would take seconds. */
const HOLD_MS = 200;
const SEEK_MS = 1000;
const RATE_STEP = 0.05;

/** @param knownUntil when the record was read */
export const presenceOf = (record: CameraRecord, at: number, knownUntil: number): Presence => {
  const found = lookUp(record, at);
  if (found.kind === 'recorded') {
    const left = found.span.to - at;
    const after = left <= ENDING_MS ? lookUp(record, found.span.to) : null;
    const next = after?.kind === 'gap' && !isShort(after.gap) ? after.gap : null;
    return next && left <= EDGE_MS ? { kind: 'gap', gap: next } : { kind: 'footage', next };
  }
  if (found.kind === 'gap') return isShort(found.gap) ? { kind: 'footage', next: null } : found;
  return { kind: at > knownUntil - ARRIVING_MS ? 'arriving' : 'nothing' };
};

const isShort = ({ from, to }: Gap): boolean => to - from < SHORT_GAP_MS;

export const isPlayable = ({ kind }: Presence): boolean => kind === 'footage' || kind === 'arriving';

/**
 * The gap that a camera is in already, because its pictures ended before its footage does, or its player has jumped over
 * the gap; null while it plays. @param stalledMs how long the same frame has been on the screen while it should play
 */
export const ranDry = ({ presence, shownAt, isSeeking }: TileLook, stalledMs: number): Gap | null => {
  if (presence.kind !== 'footage' || presence.next === null || shownAt === null) return null;
  const hasJumped = !isSeeking && shownAt >= presence.next.from;
  return hasJumped || stalledMs > DRY_MS ? presence.next : null;
};

/** Whose picture the clock follows: of those that show footage of about this moment, the one that is furthest behind. */
export const leaderOf = <T extends TileLook>(clock: number, looks: readonly T[]): T | undefined =>
  looks
    .filter((look) => isPlayable(look.presence) && !look.isSeeking && offOf(clock, look) <= SEEK_MS)
    .sort((a, b) => (a.shownAt ?? 0) - (b.shownAt ?? 0))[0];

const offOf = (clock: number, { shownAt }: TileLook): number => (shownAt === null ? Infinity : Math.abs(shownAt - clock));

/**
 * The clock after `elapsedMs` of playing. It is that of a picture, so that it stands while all pictures load; where no
 * camera has footage it goes on by itself.
 */
export const advance = (clock: number, looks: readonly TileLook[], elapsedMs: number): number => {
  if (!looks.some(({ presence }) => isPlayable(presence))) return clock + elapsedMs;
  return Math.max(clock, leaderOf(clock, looks)?.shownAt ?? clock);
};

/** Whether every camera that has footage shows this moment: after a jump they start together. */
export const isGathered = (clock: number, looks: readonly TileLook[]): boolean =>
  looks.every((look) => !isPlayable(look.presence) || (!look.isSeeking && offOf(clock, look) <= PAUSED_IN_STEP_MS));

/** What a tile has to do to be at the clock's moment. */
export const steer = (clock: number, isPlaying: boolean, look: TileLook): Order => {
  if (!isPlayable(look.presence)) return { kind: 'cover' };
  if (look.shownAt === null || look.isSeeking) return { kind: 'wait' };
  const ahead = look.shownAt - clock;
  if (Math.abs(ahead) > (isPlaying ? SEEK_MS : PAUSED_IN_STEP_MS)) return { kind: 'seek' };
  if (!isPlaying || ahead > HOLD_MS) return { kind: 'pause' };
  if (Math.abs(ahead) <= IN_STEP_MS) return { kind: 'play', rate: 1 };
  return { kind: 'play', rate: ahead > 0 ? 1 - RATE_STEP : 1 + RATE_STEP };
};
