import { FragmentParser, type Fragment } from '@app/hls';
import { endOf, TOLERANCE_MS } from '../recorded-segment';
import type { PictureSegment } from './picture-index';
import type { SegmentBytes } from './segment-bytes';

/** A key frame in a fragment of its own. */
export interface KeyFrame {
  /** Wall clock, epoch ms. */
  at: number;
  /** The init segment of its run. */
  init: Buffer;
  /** moof + mdat that begin with it. */
  fragment: Buffer;
  /** The same for the same bytes. */
  key: string;
  segment: PictureSegment;
}

/** Enough for the head of a fragment and, of most cameras, all of it. */
const FIRST_READ_BYTES = 256 * 1024;
const TICKS_PER_MS = 90;

/** Reads key frames, each by the bytes of its own fragment alone. */
export class KeyFrames {
  constructor(
    private readonly bytes: SegmentBytes,
    private readonly initOf: (cameraId: string, runId: string) => Promise<Buffer | undefined>,
  ) {}

  /**
   * The nearest key frame at or before `at`, of the run that was recorded then. Undefined: nothing was, or its bytes are gone.
   * @param segments in the order of time, as far back as a key frame may lie
   * @throws MediaInvalid when what was recorded is not fMP4
   */
  async before(segments: readonly PictureSegment[], at: number): Promise<KeyFrame | undefined> {
    const shows = segments.findLastIndex(({ startsAt }) => startsAt <= at);
    const showing = segments[shows];
    if (!showing || endOf(showing) + TOLERANCE_MS <= at) return undefined;
    const init = await this.initOf(showing.stored.cameraId, showing.runId);
    if (!init) return undefined;
    for (let index = shows; index >= 0; index -= 1) {
      const segment = segments[index];
      if (segment?.runId !== showing.runId) return undefined;
      const found = await this.lastOf(segment, init, at);
      if (found) return found;
    }
    return undefined;
  }

  private async lastOf(segment: PictureSegment, init: Buffer, at: number): Promise<KeyFrame | undefined> {
    for (const offset of segment.keyFrames.toReversed()) {
      const fragment = await this.fragmentAt(segment, init, offset);
      const time = fragment && timeOf(fragment, segment, offset);
      if (time === undefined || time > at) continue;
      const { cameraId, mediaSequence } = segment.stored;
      return { at: time, init, fragment: fragment!.bytes, key: `${cameraId}/${mediaSequence}/${offset}`, segment };
    }
    return undefined;
  }

  private async fragmentAt({ stored }: PictureSegment, init: Buffer, offset: number): Promise<Fragment | undefined> {
    const last = stored.length - 1;
    for (const end of [Math.min(last, offset + FIRST_READ_BYTES - 1), last]) {
      const bytes = await this.bytes.read(stored, { start: offset, end });
      if (!bytes) return undefined;
      const parser = new FragmentParser();
      parser.push(init);
      const found = parser.push(bytes).find((piece) => piece.kind === 'fragment');
      if (found) return found;
      if (end === last) return undefined;
    }
    return undefined;
  }
}

/** Undefined: it cannot be told. */
function timeOf({ decodeTime }: Fragment, { startsAt, mediaTime }: PictureSegment, offset: number): number | undefined {
  if (offset === 0) return startsAt;
  return mediaTime === null ? undefined : startsAt + (decodeTime - mediaTime) / TICKS_PER_MS;
}
