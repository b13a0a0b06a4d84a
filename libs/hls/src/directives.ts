import { TICKS_PER_SECOND } from './media';

/** Delivery directives of a playlist request: rfc8216bis, section 6.2.5. */
export interface Directives {
  readonly mediaSequence?: number;
  readonly part?: number;
  readonly skip?: boolean;
}

export type DirectiveRule = 'part-without-msn' | 'not-a-number' | 'too-far-ahead' | 'unknown-skip' | 'repeated';

/** Where a part stands. */
export interface Position {
  readonly mediaSequence: number;
  readonly index: number;
}

export type ParsedDirectives =
  | { readonly kind: 'directives'; readonly directives: Directives }
  /** 400 */
  | { readonly kind: 'invalid'; readonly rule: DirectiveRule };

/** Reads _HLS_msn, _HLS_part and _HLS_skip from a parsed query string; other parameters are not looked at. */
export const parseDirectives = (query: Readonly<Record<string, unknown>>): ParsedDirectives => {
  const { _HLS_msn: msn, _HLS_part: part, _HLS_skip: skip } = query;
  const given = [msn, part, skip].filter((value) => value !== undefined);
  if (given.some((value) => typeof value !== 'string')) return { kind: 'invalid', rule: 'repeated' };
  if ([msn, part].some((value) => value !== undefined && !/^\d{1,15}$/.test(value as string))) {
    return { kind: 'invalid', rule: 'not-a-number' };
  }
  if (part !== undefined && msn === undefined) return { kind: 'invalid', rule: 'part-without-msn' };
  if (skip !== undefined && skip !== 'YES' && skip !== 'v2') return { kind: 'invalid', rule: 'unknown-skip' };
  return {
    kind: 'directives',
    directives: {
      ...(msn !== undefined && { mediaSequence: Number(msn) }),
      ...(part !== undefined && { part: Number(part) }),
      ...(skip !== undefined && { skip: true }),
    },
  };
};

/** The end of a list. */
export interface ListEdge {
  /** Number of the last complete segment. */
  readonly last: number;
  /** How many parts it has; undefined if that is not known any more. */
  readonly lastParts: number | undefined;
  /** Parts of the segment after it so far. */
  readonly openParts: number;
  /** Ticks. */
  readonly partTarget: number;
}

type PositionAnswer =
  { readonly kind: 'ready' } | { readonly kind: 'wait' } | { readonly kind: 'invalid'; readonly rule: DirectiveRule };

const READY: PositionAnswer = { kind: 'ready' };
const WAIT: PositionAnswer = { kind: 'wait' };
const TOO_FAR: PositionAnswer = { kind: 'invalid', rule: 'too-far-ahead' };

/** Whether a list contains what the directives ask for, will contain it soon, or is asked for something out of reach. */
export const positionAnswer = ({ mediaSequence, part }: Directives, edge: ListEdge): PositionAnswer => {
  if (mediaSequence === undefined) return part === undefined ? READY : { kind: 'invalid', rule: 'part-without-msn' };
  const { last, openParts } = edge;
  const open = last + 1;
  if (mediaSequence > (openParts > 0 ? open : last) + 2) return TOO_FAR;
  if (part === undefined) return mediaSequence <= last ? READY : WAIT;
  if (mediaSequence < last) return READY;
  if (mediaSequence === last) {
    // A part beyond the last one of its segment means the first one of the next segment.
    return edge.lastParts === undefined || part < edge.lastParts || openParts > 0 ? READY : WAIT;
  }
  if (mediaSequence === open && part < openParts) return READY;
  const ahead = mediaSequence === open ? part - (openParts - 1) : part + 1;
  return ahead > advancePartLimit(edge.partTarget) ? TOO_FAR : WAIT;
};

const advancePartLimit = (partTarget: number): number =>
  partTarget < TICKS_PER_SECOND ? Math.ceil((3 * TICKS_PER_SECOND) / partTarget) : 3;
