import type { Clock } from './clock';
import { diskLevel, type DiskLevel, type DiskThresholds } from './disk-level';
import type { DiskSpace } from './disk-space';

/** How long an answer of the disk is good for. */
const KNOWN_MS = 2_000;
/** From which level on it waits. */
const WAITS_FROM = { sheets: ['short', 'critical', 'full'], clips: ['critical', 'full'] } as const satisfies Record<
  string,
  DiskLevel[]
>;
export type DerivedWork = keyof typeof WAITS_FROM;

/** Whether there is room for what can be made later as well: it waits so that the recording has what is left. */
export class RoomForDerived {
  private known: { level: DiskLevel; atMs: number } | undefined;

  constructor(
    private readonly space: DiskSpace,
    /** Where derived files are put; undefined: not on a disk of ours. */
    private readonly directory: string | undefined,
    private readonly thresholds: DiskThresholds,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
  ) {}

  /** @throws when the disk cannot be asked */
  async has(work: DerivedWork): Promise<boolean> {
    if (this.directory === undefined) return true;
    const nowMs = this.clock.monotonicMs();
    if (!this.known || nowMs - this.known.atMs >= KNOWN_MS)
      this.known = { level: diskLevel(await this.space.read(this.directory), this.thresholds), atMs: nowMs };
    const waits: readonly DiskLevel[] = WAITS_FROM[work];
    return !waits.includes(this.known.level);
  }
}
