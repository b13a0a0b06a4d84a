import { fileOf } from '@app/storage';
import { Coverage } from './coverage';
import type { IndexRow } from './index-row';
import { type ChunkFile, type Leftover, leftoversOf, namedStretches } from './leftovers';
import type { MediaFolder } from './media-folder';
import type { CameraPlan, IndexedRun, RecordingIndex, SequenceRange } from './recording-index';
import type { ReportDraft } from './report';
import { type Period, RowOrder } from './row-order';
import { type NamedBytes, shapeOf } from './row-shape';

/** Time this near to now may still be on its way into the index. */
const SETTLED_MS = 30_000;

export interface CheckPorts {
  index: RecordingIndex;
  media: MediaFolder;
  nowMs(): number;
  /** Told of each row that is done. @throws to stop the check */
  onRow(): void;
}

export type Orphan = Extract<Leftover, { kind: 'orphan' }>;

/** One camera's rows against its files, their order, and the gaps. Its memory grows with the number of files, not of rows. */
export class CameraCheck {
  private readonly cameraId: string;
  private files: Map<string, ChunkFile> = new Map();

  constructor(
    private readonly camera: CameraPlan,
    /** undefined: all there is. */
    private readonly period: Period | undefined,
    private readonly ports: CheckPorts,
    private readonly draft: ReportDraft,
  ) {
    this.cameraId = camera.cameraId;
  }

  /** @returns bytes that no row names: not among the findings yet. */
  async check(): Promise<Orphan[]> {
    const { index, media } = this.ports;
    const listedMs = this.ports.nowMs();
    // Files first: what is written while the rows are read is not looked for in them.
    this.files = await media.filesOf(this.cameraId);
    const runs = await index.runs(this.cameraId);
    const range = await index.range(this.cameraId, this.period);
    await this.checkRows(range, runs);
    const asked = this.period ? namedStretches(this.files) : new Set(this.files.keys());
    if (this.period && range) for (const row of await index.besideRange(this.cameraId, range)) this.cover(row);
    this.draft.counts.cameras += 1;
    this.draft.counts.files += asked.size;
    return this.orphansOf(leftoversOf(this.files, runs, listedMs).filter(({ file }) => asked.has(file)));
  }

  private async checkRows(range: SequenceRange | undefined, runs: readonly IndexedRun[]): Promise<void> {
    const { gapsKnown } = this.camera;
    const order = new RowOrder(this.cameraId, {
      expected: this.expected(),
      gaps: gapsKnown ? await this.ports.index.gaps(this.cameraId, gapsKnown.untilMs) : [],
      gapsUntilSequence: gapsKnown?.untilSequence ?? -1,
      clockSetAfter: new Set(runs.filter(({ clockWasSet }) => clockWasSet).map(({ id }) => id)),
    });
    if (range) {
      for await (const row of this.ports.index.rows(this.cameraId, this.period && range)) {
        for (const finding of order.next(row)) this.draft.add(finding);
        await this.checkRow(row);
        this.ports.onRow();
      }
    }
    for (const finding of order.finish()) this.draft.add(finding);
  }

  /** What was planned, as far as it is over: of the period asked for, else up to where the gaps are on record. */
  private expected(): Period | undefined {
    const { plan, gapsKnown } = this.camera;
    const asked = this.period ?? (gapsKnown && { fromMs: plan.fromMs, toMs: gapsKnown.untilMs });
    if (!asked) return undefined;
    const fromMs = Math.max(asked.fromMs, plan.fromMs);
    const toMs = Math.min(asked.toMs, plan.toMs, this.ports.nowMs() - SETTLED_MS);
    return fromMs < toMs ? { fromMs, toMs } : undefined;
  }

  private async checkRow(row: IndexRow): Promise<void> {
    const { counts } = this.draft;
    if (row.kind === 'gap') counts.gaps += 1;
    else counts.segments += 1;
    const shape = shapeOf(row);
    switch (shape.kind) {
      case 'gap':
        return;
      case 'deleted':
        counts.deleted += 1;
        return;
      case 'forgotten':
        counts.forgotten += 1;
        return;
      case 'broken':
        return this.draft.add(shape.finding);
      case 'bytes':
        return this.checkBytes(row, shape.bytes);
    }
  }

  private async checkBytes(row: IndexRow, bytes: NamedBytes): Promise<void> {
    const at = { cameraId: this.cameraId, mediaSequence: bytes.mediaSequence, file: bytes.file };
    if (!this.cover(row)) this.draft.add({ kind: 'shared-bytes', ...at, message: 'Another row names some of the same bytes.' });
    const state = await this.ports.media.check(bytes);
    if (state.kind === 'good') {
      this.draft.counts.bytes += bytes.length;
      if (!bytes.sha256) this.draft.counts.unhashed += 1;
      return;
    }
    // Retention may have deleted it since the row was read.
    const now = await this.ports.index.row(this.cameraId, bytes.mediaSequence);
    if (!now || fileOf(now) !== bytes.file) this.draft.counts.deleted += 1;
    else this.draft.add({ kind: state.kind, ...at, message: state.message });
  }

  /** @returns false when another row has some of its bytes. */
  private cover(row: IndexRow): boolean {
    const shape = shapeOf(row);
    const file = fileOf(row);
    const chunk = file === null ? undefined : this.files.get(file);
    if (shape.kind !== 'bytes' || !chunk) return true;
    chunk.coverage ??= new Coverage();
    return chunk.coverage.add(shape.bytes.offset, shape.bytes.length, row.media_sequence);
  }

  private orphansOf(leftovers: readonly Leftover[]): Orphan[] {
    const orphans = leftovers.filter((leftover) => leftover.kind === 'orphan');
    for (const { kind } of leftovers) {
      if (kind === 'open-tail') this.draft.counts.openTails += 1;
      if (kind === 'given-up') this.draft.counts.givenUp += 1;
    }
    return orphans;
  }
}
