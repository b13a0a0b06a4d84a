import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@app/platform';
import { entriesOf } from './range-entries';
import { writeRangePlaylist } from './range-playlist';
import type { TimeRange } from './recorded-segment';
import { RecordingIndex } from './recording-index';

/** A row comes to the index this long after its time at the latest, while nothing is broken. */
const SETTLED_AFTER_MS = 60_000;

export interface ArchiveList {
  text: string;
  /** Nothing will be added to it any more; footage of it may still be deleted when its time is over. */
  isSettled: boolean;
}

/** Lists of what is on record. */
@Injectable()
export class ArchiveLists {
  constructor(
    private readonly index: RecordingIndex,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `camera.not-found`; `media.not-found` when there is nothing to play in the range */
  async list(cameraId: string, range: TimeRange): Promise<ArchiveList> {
    const [segments, newestAt, target] = await Promise.all([
      this.index.segments(cameraId, range),
      this.index.newestAt(cameraId),
      this.index.targetDuration(cameraId),
    ]);
    const knownUntil = Math.max(newestAt ?? 0, this.clock.nowMs() - SETTLED_AFTER_MS);
    const text = writeRangePlaylist(entriesOf(segments, range, knownUntil), target);
    if (text !== undefined) return { text, isSettled: newestAt !== undefined && newestAt - range.to > SETTLED_AFTER_MS };
    if (await this.index.hasCamera(cameraId)) throw new DomainError('media.not-found', 'Nothing is on record in this range.');
    throw new DomainError('camera.not-found', 'There is no such camera.');
  }
}
