import * as HLS from 'hls-parser';
import { type ListSegment, type LiveList, parseLiveList } from './reload-checker-list';
import { type ListRule, type Rule, RULES, type Seen } from './reload-checker-rules';

/** What a client asked for. */
export interface AskedFor {
  readonly mediaSequence?: number;
  readonly part?: number;
  readonly skip?: boolean;
}

/** One answer of the server. Times in ms of one monotonic clock. */
export interface Observation {
  readonly at: number;
  /** When it was asked for; an answer that took longer than any list may stand still counts as an outage. */
  readonly askedAt?: number;
  /** 0: no answer at all. */
  readonly status: number;
  readonly text?: string;
  readonly asked?: AskedFor;
}

export type CheckedRule =
  ListRule | 'strict-parse' | 'delta-expands' | 'delta-asked-for' | 'blocked-answer' | 'segment-in-time' | 'refused';

export interface Violation {
  readonly rule: CheckedRule;
  readonly detail: string;
  readonly at: number;
}

/** A time without a 200. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly status: number;
}

/**
 * Follows one live playlist over its reloads and names every rule of the low-latency profile (rfc8216bis, sections 4, 6.2
 * and B) that an answer breaks. Expands delta updates by itself. `violations` stays empty for a good server.
 */
export class ReloadChecker {
  readonly violations: Violation[] = [];
  readonly outages: Outage[] = [];
  private seen: Seen | undefined;
  private reloads = 0;
  private newestAt: number | undefined;
  private answeredAt: number | undefined;
  private unanswered = false;

  /** `slackMs`: allowed for the network and the clock when an answer is judged by time. */
  constructor(private readonly options: { readonly slackMs?: number } = {}) {}

  /** Lists taken so far. */
  get lists(): number {
    return this.reloads;
  }

  /** The last list with all its segments. */
  get current(): Seen | undefined {
    return this.seen;
  }

  /** Longest time without an answer, ms. */
  get longestOutage(): number {
    return Math.max(0, ...this.outages.map(({ from, to }) => to - from));
  }

  observe(observation: Observation): void {
    const { at, status, text } = observation;
    if (status !== 200 || text === undefined) {
      this.noteSilence(at, status);
      return;
    }
    this.noteLateAnswer(observation);
    if (this.unanswered) this.stretchOutage(at);
    this.reloads++;
    this.parseStrictly(text, at);
    const list = parseLiveList(text);
    const segments = this.expand(list, at);
    if (!segments) return;
    const now: Seen = { list: renumbered(list, segments), segments };
    for (const [rule, check] of Object.entries(RULES) as [ListRule, Rule][]) {
      for (const detail of check(now, this.seen)) this.blame(rule, detail, at);
    }
    this.checkAnswer(now, observation);
    this.checkProgress(now, observation);
    this.seen = now;
    this.answeredAt = at;
    this.unanswered = false;
  }

  private blame(rule: CheckedRule, detail: string, at: number): void {
    this.violations.push({ rule, detail, at });
  }

  private noteSilence(at: number, status: number): void {
    // 503 and a refused connection may be a change of owner; 4xx for a sound request never is.
    if (status >= 400 && status < 500) this.blame('refused', `status ${status}`, at);
    if (!this.unanswered) this.outages.push({ from: this.answeredAt ?? at, to: at, status });
    else this.stretchOutage(at);
    this.unanswered = true;
  }

  /** A server that kept us waiting this long was not there: what nobody answered is in `outages`, for the caller to bound. */
  private noteLateAnswer({ at, askedAt, status }: Observation): void {
    if (askedAt === undefined || this.seen === undefined || this.unanswered) return;
    if (at - askedAt <= this.longestStandstill(this.seen.list.targetDuration)) return;
    this.outages.push({ from: askedAt, to: at, status });
    this.unanswered = true;
  }

  private longestStandstill(targetDuration: number): number {
    return 1500 * targetDuration + (this.options.slackMs ?? 500);
  }

  private stretchOutage(to: number): void {
    const last = this.outages.pop();
    if (last) this.outages.push({ ...last, to });
  }

  private parseStrictly(text: string, at: number): void {
    HLS.setOptions({ strictMode: true, silent: true });
    try {
      HLS.parse(text);
    } catch (error) {
      this.blame('strict-parse', error instanceof Error ? error.message : String(error), at);
    }
  }

  /** All complete segments, those skipped taken from the list before. */
  private expand(list: LiveList, at: number): ListSegment[] | undefined {
    if (list.skipped === 0) return [...list.segments];
    const known = new Map(this.seen?.segments.map((segment) => [segment.mediaSequence, segment]));
    const segments: ListSegment[] = [];
    for (let number = list.mediaSequence; number < list.mediaSequence + list.skipped; number++) {
      const segment = known.get(number);
      if (!segment) {
        this.blame('delta-expands', `segment ${number} is skipped, but was never listed`, at);
        return undefined;
      }
      // PART tags may have been dropped behind the skip; they are not repeated.
      segments.push({ ...segment, parts: [] });
    }
    return continued(segments, list.segments);
  }

  private checkAnswer(now: Seen, { asked, at }: Observation): void {
    if (now.list.skipped > 0 && !asked?.skip) this.blame('delta-asked-for', 'a delta update nobody asked for', at);
    if (asked?.mediaSequence === undefined) return;
    const { open } = now.list;
    const { mediaSequence, part } = asked;
    const last = open.mediaSequence - 1;
    const reached =
      mediaSequence <= last
        ? part === undefined || mediaSequence < last || this.reaches(now, last, part)
        : part !== undefined && mediaSequence === open.mediaSequence && part < open.parts.length;
    if (!reached)
      this.blame('blocked-answer', `${JSON.stringify(asked)} is not in the list that ends at ${last}+${open.parts.length}`, at);
  }

  /** A part beyond the last one of its segment means part 0 of the next. */
  private reaches(now: Seen, last: number, part: number): boolean {
    const parts = now.segments.find(({ mediaSequence }) => mediaSequence === last)?.parts.length ?? 0;
    return parts === 0 || part < parts || now.list.open.parts.length > 0;
  }

  private checkProgress(now: Seen, { at, asked }: Observation): void {
    const before = this.seen?.list.open.mediaSequence;
    const grew = before === undefined || now.list.open.mediaSequence > before;
    const allowed = this.longestStandstill(now.list.targetDuration);
    const waited = this.newestAt === undefined ? 0 : at - this.newestAt;
    // Seen late because nobody looked is no fault; a held request and an unchanged list are proof.
    const proven = !grew || asked?.mediaSequence !== undefined;
    if (proven && !this.unanswered && waited > allowed) {
      this.blame('segment-in-time', `no new segment for ${Math.round(waited)} ms ${whereItStood(this.seen, now)}`, at);
      this.newestAt = at;
    }
    if (grew || this.unanswered) this.newestAt = at;
  }
}

/** For whoever has to find out why. */
const whereItStood = (before: Seen | undefined, now: Seen): string => {
  const told = ({ list, segments }: Seen): string =>
    `${segments.at(-1)?.gap ? 'gap' : 'media'} ${list.open.mediaSequence - 1} and ${list.open.parts.length} parts`;
  return `(${before ? `${told(before)}, then ` : ''}${told(now)})`;
};

/** What follows the skipped segments, with numbers and MAP counted on from them. */
const continued = (known: readonly ListSegment[], listed: readonly ListSegment[]): ListSegment[] => {
  const all = [...known];
  for (const segment of listed) all.push(after(all.at(-1), segment));
  return all;
};

const after = (last: ListSegment | undefined, segment: ListSegment): ListSegment =>
  last
    ? {
        ...segment,
        discontinuitySequence: last.discontinuitySequence + segment.discontinuities,
        map: segment.mapTag ?? last.map,
      }
    : segment;

const renumbered = (list: LiveList, segments: readonly ListSegment[]): LiveList =>
  list.skipped === 0 ? list : { ...list, open: after(segments.at(-1), list.open) };
