import { type WindowSegment } from './live-window-types';

/** Target durations after which no client may ask for a part any more: three listed, three after its tag is gone, slack. */
const PARTS_KEPT = 7;

/**
 * The segments of a window by number: those listed, and those that left the list but must stay addressable for their own
 * duration plus that of the longest playlist that listed them (rfc8216bis, section 6.2.2).
 */
export class Shelf<Body> {
  private removed: WindowSegment<Body>[] = [];
  private current: WindowSegment<Body>[] = [];
  private readonly inits = new Map<string, Body>();
  /** Segments before this number have no parts any more. */
  private partsFrom = 0;

  /** Both in ticks. */
  constructor(
    private readonly window: number,
    private readonly targetDuration: number,
  ) {}

  keepInit(runId: string, init: Body): void {
    this.inits.set(runId, init);
  }

  init(runId: string): Body | undefined {
    return this.inits.get(runId);
  }

  add(segment: WindowSegment<Body>): void {
    this.current.push(segment);
  }

  listed(): readonly WindowSegment<Body>[] {
    return this.current;
  }

  last(): WindowSegment<Body> | undefined {
    return this.current.at(-1);
  }

  find(mediaSequence: number): WindowSegment<Body> | undefined {
    for (const segments of [this.current, this.removed]) {
      const first = segments[0];
      const found = first && segments[mediaSequence - first.mediaSequence];
      if (found) return found;
    }
    return undefined;
  }

  /** Drops heads as long as the window stays full; `listEnd` is list time, `less` shortens the window, both in ticks. */
  trim(listEnd: number, less = 0): void {
    const window = Math.max(this.window - less, 3 * this.targetDuration);
    const full = (segment: WindowSegment<Body>): boolean => this.endOf(this.current) - endOf(segment) >= window;
    let drop = 0;
    while (drop < this.current.length - 1 && full(this.current[drop] as WindowSegment<Body>)) drop++;
    this.removed.push(...this.current.splice(0, drop));
    const expired = this.removed.findIndex((segment) => listEnd - endOf(segment) <= 2 * this.window + segment.duration);
    const gone = this.removed.splice(0, expired === -1 ? this.removed.length : expired);
    this.forgetParts(listEnd);
    if (gone.length > 0) this.forgetInits(gone);
  }

  private endOf(segments: readonly WindowSegment<Body>[]): number {
    const last = segments.at(-1);
    return last ? endOf(last) : 0;
  }

  private forgetParts(listEnd: number): void {
    for (;;) {
      const oldest = this.find(Math.max(this.partsFrom, this.removed[0]?.mediaSequence ?? this.current[0]?.mediaSequence ?? 0));
      if (!oldest || listEnd - endOf(oldest) <= PARTS_KEPT * this.targetDuration) return;
      oldest.parts = undefined;
      this.partsFrom = oldest.mediaSequence + 1;
    }
  }

  private forgetInits(gone: readonly WindowSegment<Body>[]): void {
    const used = new Set([...this.removed, ...this.current].map(({ mapRunId }) => mapRunId));
    for (const { mapRunId } of gone) if (mapRunId !== undefined && !used.has(mapRunId)) this.inits.delete(mapRunId);
  }
}

const endOf = (segment: WindowSegment<unknown>): number => segment.start + segment.duration;
