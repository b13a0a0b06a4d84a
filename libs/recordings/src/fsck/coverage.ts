/** Bytes of one file from `start` up to `end`, named by rows without a break in their media sequences. */
export interface CoveredBytes {
  start: number;
  end: number;
  firstSequence: number;
  lastSequence: number;
}

export interface UncoveredBytes {
  start: number;
  end: number;
  /** Of the row whose bytes end, or begin, where these begin, or end. */
  afterSequence?: number;
  beforeSequence?: number;
}

/** Which bytes of one file rows name. A file in order is one stretch, however many rows it has. */
export class Coverage {
  private readonly stretches: CoveredBytes[] = [];

  get first(): CoveredBytes | undefined {
    return this.stretches[0];
  }

  get last(): CoveredBytes | undefined {
    return this.stretches.at(-1);
  }

  /** @returns false when some of the bytes belong to another row. */
  add(start: number, length: number, sequence: number): boolean {
    const end = start + length;
    const index = this.stretches.findLastIndex((stretch) => stretch.start <= start);
    const [before, after] = [this.stretches[index], this.stretches[index + 1]];
    const free = (!before || before.end <= start) && (!after || end <= after.start);
    if (!free) return false;
    if (before && before.end === start && before.lastSequence + 1 === sequence) {
      before.end = end;
      before.lastSequence = sequence;
    } else this.stretches.splice(index + 1, 0, { start, end, firstSequence: sequence, lastSequence: sequence });
    return true;
  }

  /** @param size of the file, bytes */
  uncovered(size: number): UncoveredBytes[] {
    const found: UncoveredBytes[] = [];
    let before: CoveredBytes | undefined;
    for (const stretch of [...this.stretches, undefined]) {
      const [start, end] = [before?.end ?? 0, stretch?.start ?? size];
      if (start < end)
        found.push({
          start,
          end,
          ...(before && { afterSequence: before.lastSequence }),
          ...(stretch && { beforeSequence: stretch.firstSequence }),
        });
      before = stretch;
    }
    return found;
  }
}
