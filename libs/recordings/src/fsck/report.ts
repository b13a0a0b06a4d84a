import { type Finding, type FsckCounts, noCounts } from './findings';

const MAX_FINDINGS = 1_000;

export interface FsckReport {
  clean: boolean;
  counts: FsckCounts;
  /** The first 1,000. */
  findings: Finding[];
  /** How many more there are. */
  findingsLeftOut: number;
}

/** Collects what is found; its size does not grow with the number of findings. */
export class ReportDraft {
  readonly counts = noCounts();
  private readonly findings: Finding[] = [];
  private leftOut = 0;

  constructor(private readonly maxFindings = MAX_FINDINGS) {}

  add(finding: Finding): void {
    if (this.findings.length < this.maxFindings) this.findings.push(finding);
    else this.leftOut += 1;
  }

  /** Takes over all of another draft. */
  merge(other: ReportDraft): void {
    for (const name of Object.keys(this.counts) as (keyof FsckCounts)[]) this.counts[name] += other.counts[name];
    for (const finding of other.findings) this.add(finding);
    this.leftOut += other.leftOut;
  }

  report(): FsckReport {
    const total = this.findings.length + this.leftOut;
    return { clean: total === 0, counts: this.counts, findings: this.findings, findingsLeftOut: this.leftOut };
  }
}
