import { type DirectiveRule } from './directives';
import { type WindowPart, type WindowSegment } from './live-window-types';
import { TICKS_PER_SECOND } from './media';

export type PlaylistAnswer =
  | {
      readonly kind: 'ready';
      readonly text: string;
      readonly version: number;
      /** A delta update: some segments are skipped. */
      readonly delta: boolean;
    }
  /** Not there yet (or no complete segment at all): ask again when `version` changed. Give up after 3 target durations: 503. */
  | { readonly kind: 'wait' }
  /** 400 */
  | { readonly kind: 'invalid'; readonly rule: DirectiveRule };

/** What a playlist shows. */
export interface ListState<Body> {
  readonly segments: readonly WindowSegment<Body>[];
  readonly open: WindowSegment<Body> | undefined;
  readonly nextMediaSequence: number;
  /** List time at the end of the open segment, ticks. */
  readonly end: number;
  readonly version: number;
}

type Ready = Extract<PlaylistAnswer, { kind: 'ready' }>;

/** EXT-X-SKIP needs 9; nothing here needs more. */
const VERSION = 9;

/** Writes a window as text (rfc8216bis, section 4), each version once. URIs are relative to /hls/<cameraId>/live.m3u8. */
export class PlaylistWriter<Body> {
  private full: Ready | undefined;
  private delta: Ready | undefined;
  /** Of complete segments: lines that never change, around those of the parts. */
  private readonly lines = new WeakMap<WindowSegment<Body>, { readonly before: string; readonly after: string }>();
  private readonly partLines = new WeakMap<WindowPart<Body>, string>();
  private readonly head: string;
  private readonly target: number;

  /** Both in seconds. */
  constructor(targetDuration: number, partTarget: number) {
    this.target = targetDuration * TICKS_PER_SECOND;
    const control = [
      'CAN-BLOCK-RELOAD=YES',
      `CAN-SKIP-UNTIL=${(6 * targetDuration).toFixed(1)}`,
      `PART-HOLD-BACK=${(3 * partTarget).toFixed(3)}`,
      `HOLD-BACK=${(3 * targetDuration).toFixed(1)}`,
    ];
    this.head = [
      '#EXTM3U',
      `#EXT-X-VERSION:${VERSION}`,
      `#EXT-X-TARGETDURATION:${targetDuration}`,
      `#EXT-X-SERVER-CONTROL:${control.join(',')}`,
      `#EXT-X-PART-INF:PART-TARGET=${partTarget.toFixed(3)}`,
      '',
    ].join('\n');
  }

  /** `clientHas`: a client that asks for this number has all segments before it. */
  write(state: ListState<Body>, skip: boolean, clientHas = Infinity): Ready {
    if (skip && this.lastSkippable(state) < clientHas) {
      if (this.delta?.version !== state.version) this.delta = this.compose(state, this.skippable(state));
      return this.delta;
    }
    if (this.full?.version !== state.version) this.full = this.compose(state, 0);
    return this.full;
  }

  /** After a long absence was listed at once, the skip boundary may lie beyond what a client has. */
  private lastSkippable(state: ListState<Body>): number {
    return (state.segments[0]?.mediaSequence ?? 0) + this.skippable(state) - 1;
  }

  /** Segments wholly before the skip boundary, which lies 6 target durations from the end. */
  private skippable({ segments, end }: ListState<Body>): number {
    const boundary = end - 6 * this.target;
    let count = 0;
    for (const segment of segments) {
      if (segment.start + segment.duration > boundary) break;
      count++;
    }
    return count;
  }

  private compose(state: ListState<Body>, skipped: number): Ready {
    const { segments, open, end, version } = state;
    const first = segments[0] ?? open;
    // The tag before the first segment counts itself, so the number of the list is that before it.
    const discontinuity = first ? first.discontinuitySequence - first.discontinuities : 0;
    let text = `${this.head}#EXT-X-MEDIA-SEQUENCE:${first?.mediaSequence ?? 0}\n#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuity}\n`;
    if (skipped > 0) text += `#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}\n`;
    // Part tags: nowhere more than 3 target durations from the end, and of two complete segments (strict parsers count
    // segments instead of seconds). MAP is repeated at the first segment of a delta: the tag that is in force there may be
    // among the skipped.
    for (let i = skipped; i < segments.length; i++) {
      const segment = segments[i] as WindowSegment<Body>;
      const withParts = i >= segments.length - 2 && segment.start > end - 3 * this.target;
      const { before, after } = this.linesOf(segment, segments[i - 1]);
      text += i === skipped ? opening(segment, undefined) : before;
      text += withParts ? this.parts(segment) + after : after;
    }
    if (open) text += opening(open, segments.at(-1)?.mapRunId) + this.parts(open);
    text += `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part/${state.nextMediaSequence}.${open?.parts?.length ?? 0}.m4s"\n`;
    return { kind: 'ready', text, version, delta: skipped > 0 };
  }

  private parts({ parts, mediaSequence }: WindowSegment<Body>): string {
    let text = '';
    parts?.forEach((part, index) => {
      let line = this.partLines.get(part);
      if (line === undefined) this.partLines.set(part, (line = partLine(part, mediaSequence, index)));
      text += line;
    });
    return text;
  }

  private linesOf(segment: WindowSegment<Body>, previous: WindowSegment<Body> | undefined): { before: string; after: string } {
    const known = this.lines.get(segment);
    if (known) return known;
    const lines = { before: opening(segment, previous?.mapRunId), after: closing(segment) };
    // The head has no predecessor to tell whether its MAP is new; it is the first of its list for a short time only.
    if (previous) this.lines.set(segment, lines);
    return lines;
  }
}

const seconds = (ticks: number): string => (ticks / TICKS_PER_SECOND).toFixed(5);

/** Players take MAP before PART tags only, and put a GAP tag before MAP on the wrong segment: this order matters. */
const opening = (segment: WindowSegment<unknown>, mapInForce: string | undefined): string => {
  const discontinuity = '#EXT-X-DISCONTINUITY\n'.repeat(segment.discontinuities);
  const changes = segment.mapRunId !== undefined && segment.mapRunId !== mapInForce;
  const map = changes ? `#EXT-X-MAP:URI="init/${segment.mapRunId}.mp4"\n` : '';
  return `${discontinuity}${map}#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.startsAt)).toISOString()}\n`;
};

const partLine = (part: WindowPart<unknown>, mediaSequence: number, index: number): string => {
  const uri = `${part.body === undefined ? 'gap' : 'part'}/${mediaSequence}.${index}.m4s`;
  const flag = part.body === undefined ? ',GAP=YES' : part.independent ? ',INDEPENDENT=YES' : '';
  return `#EXT-X-PART:DURATION=${seconds(part.duration)},URI="${uri}"${flag}\n`;
};

const closing = ({ kind, duration, mediaSequence }: WindowSegment<unknown>): string =>
  kind === 'gap'
    ? `#EXT-X-GAP\n#EXTINF:${seconds(duration)},\ngap/${mediaSequence}.m4s\n`
    : `#EXTINF:${seconds(duration)},\nseg/${mediaSequence}.m4s\n`;
