import { lookUp, type CameraRecord, type Gap } from './day-record';

/**
 * Keeps the cameras of a station at one moment of the wall clock. hls.js plays across gaps as if they were not there;
 * so what happens in a gap is decided here, from the record, and never by the player. All times are epoch ms.
 */

/** What a camera has at a moment. `arriving`: too new to be known; there may be footage. */
export type Presence = { kind: 'footage' } | { kind: 'gap'; gap: Gap } | { kind: 'arriving' } | { kind: 'nothing' };

/** What a tile shows. `shownAt`: time of the frame on the screen, null before the first. */
export interface TileLook {
  presence: Presence;
  shownAt: number | null;
  isSeeking: boolean;
}

export type Order = { kind: 'cover' } | { kind: 'wait' } | { kind: 'seek' } | { kind: 'play'; rate: number } | { kind: 'pause' };

/** The last frame before a gap is shown until here; waiting for its very end would be waiting for ever. */
const EDGE_MS = 250;
/** A gap that is over before anyone has read why. */
const SHORT_GAP_MS = 500;
/** Rows come to the index this long after their time. */
const ARRIVING_MS = 30_000;
const IN_STEP_MS = 40;
const PAUSED_IN_STEP_MS = 150;
const SEEK_MS = 1000;
const RATE_STEP = 0.05;

/** @param knownUntil when the record was read */
export const presenceOf = (record: CameraRecord, at: number, knownUntil: number): Presence => {
  const found = lookUp(record, at);
  if (found.kind === 'recorded') {
    const next = lookUp(record, found.span.to);
    const isAtEdge = found.span.to - at <= EDGE_MS && next.kind === 'gap' && !isShort(next.gap);
    return isAtEdge ? { kind: 'gap', gap: next.gap } : { kind: 'footage' };
  }
  if (found.kind === 'gap') return isShort(found.gap) ? { kind: 'footage' } : found;
  return { kind: at > knownUntil - ARRIVING_MS ? 'arriving' : 'nothing' };
};

const isShort = ({ from, to }: Gap): boolean => to - from < SHORT_GAP_MS;

export const isPlayable = ({ kind }: Presence): boolean => kind === 'footage' || kind === 'arriving';

/** Whose picture the clock follows: the first that shows footage of about this moment. */
export const leaderOf = <T extends TileLook>(clock: number, looks: readonly T[]): T | undefined =>
  looks.find((look) => isPlayable(look.presence) && !look.isSeeking && offOf(clock, look) <= SEEK_MS);

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
  if (!isPlaying) return { kind: 'pause' };
  if (Math.abs(ahead) <= IN_STEP_MS) return { kind: 'play', rate: 1 };
  return { kind: 'play', rate: ahead > 0 ? 1 - RATE_STEP : 1 + RATE_STEP };
};
