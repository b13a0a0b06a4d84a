import { DomainError } from '@app/platform';
import type { PictureIndex, PictureSegment } from '../pictures/picture-index';
import type { SegmentBytes } from '../pictures/segment-bytes';
import type { TimeRange } from '../recorded-segment';
import type { RecordingIndex } from '../recording-index';
import { ClipFile } from './clip-file';
import { type ClipPiece, missingMs, piecesOf, rangeOf, rangesOfOneFormat } from './clip-plan';

export interface RecordedClip {
  file: ClipFile;
  /** Of the footage in it: whole segments. Epoch ms. */
  range: TimeRange;
  /** Milliseconds of what was asked for that are not in it. */
  missingMs: number;
}

/** Clips of what is on record, as files. */
export class RecordedClips {
  constructor(
    private readonly index: PictureIndex,
    private readonly recordings: Pick<RecordingIndex, 'initOf' | 'hasCamera'>,
    private readonly bytes: SegmentBytes,
  ) {}

  /**
   * @throws DomainError `camera.not-found`; `media.not-found` when nothing is on record in the range; `media.formats-differ` when the
   * camera changed its format in it: the details tell the parts that can be had
   */
  async clip(cameraId: string, range: TimeRange): Promise<RecordedClip> {
    const pieces = piecesOf((await this.index.segments(cameraId, range)).map(asClipSegment), range);
    const [first] = pieces;
    if (!first) return await this.refuse(cameraId);
    const init = await this.initOfAll(cameraId, pieces);
    const file = new ClipFile(pieces, init, this.bytes);
    await file.open();
    const shown = { from: rangeOf(first).from, to: rangeOf(pieces.at(-1)!).to };
    return { file, range: shown, missingMs: missingMs(pieces, range) };
  }

  private async initOfAll(cameraId: string, pieces: readonly ClipPiece[]): Promise<Buffer> {
    const inits = new Map<string, Buffer>();
    for (const { runId } of pieces) {
      const init = inits.get(runId) ?? (await this.recordings.initOf(cameraId, runId));
      if (!init) throw new Error(`Run ${runId} has segments, but no row`);
      inits.set(runId, init);
    }
    const ranges = rangesOfOneFormat(pieces, inits);
    if (ranges.length === 1) return inits.get(pieces[0]!.runId)!;
    throw new DomainError(
      'media.formats-differ',
      'The camera changed its format in this range, and one file has one format. Ask for one of the parts.',
      { parts: ranges.map(({ from, to }) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })) },
    );
  }

  private async refuse(cameraId: string): Promise<never> {
    if (await this.recordings.hasCamera(cameraId))
      throw new DomainError('media.not-found', 'Nothing is on record of this camera in this range.');
    throw new DomainError('camera.not-found', 'There is no such camera.');
  }
}

function asClipSegment({ stored, runId, startsAt, durationMs, keyFrames }: PictureSegment) {
  return { stored, runId, startsAt, durationMs, independent: keyFrames[0] === 0 };
}
