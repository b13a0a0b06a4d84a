import { buffer } from 'node:stream/consumers';
import type { FfmpegTools } from '@app/ffmpeg';
import { type Clock, DomainError, type FileStore, type RoomForDerived } from '@app/platform';
import { BoundedWork } from '../pictures/bounded-work';
import { KeptPictures } from '../pictures/kept-pictures';
import { KeyFrames } from '../pictures/key-frames';
import type { PictureIndex, PictureSegment } from '../pictures/picture-index';
import type { Picture } from '../pictures/picture-decoder';
import type { SegmentBytes } from '../pictures/segment-bytes';
import { endOf } from '../recorded-segment';
import type { RecordingIndex } from '../recording-index';
import { framesOfSheet, SHEET_MS } from './sheet-plan';
import { makeSheet } from './sheet-maker';
import { sheetFile, type SheetName, type SheetRepository } from './sheet-repository';

/** A row comes to the index this long after its time at the latest, while nothing is broken. */
export const SHEET_SETTLED_MS = 60_000;
/** A sheet that still grows is made again this often. */
const GROWING_MS = 10_000;
const KEPT_BYTES = 8 * 1024 * 1024;
const BOUNDS = { atOnce: 1, waiting: 50 };

export interface SheetParts {
  index: PictureIndex;
  sheets: SheetRepository;
  recordings: Pick<RecordingIndex, 'initOf' | 'hasCamera'>;
  bytes: SegmentBytes;
  store: FileStore;
  ffmpeg: () => Promise<FfmpegTools>;
  clock: Clock;
  /** Whether there is room to keep sheets; without it they are made for who asks, and not kept. */
  room: Pick<RoomForDerived, 'has'>;
  /** Nobody waits for its sheets. */
  isIdle: boolean;
}

export interface ScrubSheet extends Picture {
  /** Nothing will be added to it any more. */
  isFinished: boolean;
}

/** Sheets of small pictures, made from key frames; a finished one is stored and made no more. */
export class ScrubSheets {
  private readonly kept = new KeptPictures<Picture>(KEPT_BYTES);
  private readonly work = new BoundedWork(BOUNDS);
  private readonly keyFrames: KeyFrames;

  constructor(private readonly parts: SheetParts) {
    this.keyFrames = new KeyFrames(parts.bytes, (cameraId, runId) => parts.recordings.initOf(cameraId, runId));
  }

  /** @throws DomainError `camera.not-found`; `media.not-found` when the ten minutes have no footage; `service.unavailable` */
  async sheet(name: SheetName): Promise<ScrubSheet> {
    const isFinished = this.parts.clock.nowMs() >= name.startsAt + SHEET_MS + SHEET_SETTLED_MS;
    const stored = isFinished ? await this.stored(name) : undefined;
    if (stored) return { jpeg: stored, isFinished };
    const madeAt = this.parts.clock.now();
    const segments = await this.segments(name);
    // What was asked for at the same time, of the same footage, is one sheet.
    const state = isFinished ? 'finished' : Math.floor(this.parts.clock.nowMs() / GROWING_MS);
    const key = `${name.cameraId}/${name.startsAt}/${segments.length}/${state}`;
    const { jpeg } = await this.kept.take(key, () => this.work.run(() => this.make(name, segments)));
    if (isFinished && (await this.parts.room.has('sheets'))) await this.keep(name, jpeg, madeAt);
    return { jpeg, isFinished };
  }

  /** The row goes last: a sheet without one would never be looked for again. */
  async remove(name: SheetName): Promise<void> {
    await this.parts.store.remove(sheetFile(name));
    await this.parts.sheets.forget(name);
  }

  private async stored(name: SheetName): Promise<Buffer | undefined> {
    if ((await this.parts.store.size(sheetFile(name))) === undefined) return undefined;
    try {
      return await buffer(this.parts.store.read(sheetFile(name)));
    } catch (error) {
      // It was removed in between.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private async segments({ cameraId, startsAt }: SheetName): Promise<PictureSegment[]> {
    const near = await this.parts.index.segments(cameraId, { from: startsAt, to: startsAt + SHEET_MS - 1 });
    if (near.some((segment) => endOf(segment) > startsAt)) return near;
    if (await this.parts.recordings.hasCamera(cameraId))
      throw new DomainError('media.not-found', 'Nothing is on record of this camera in these ten minutes.');
    throw new DomainError('camera.not-found', 'There is no such camera.');
  }

  private async make({ startsAt }: SheetName, segments: readonly PictureSegment[]): Promise<Picture> {
    const frames = await framesOfSheet(segments, startsAt, this.keyFrames);
    return { jpeg: await makeSheet(await this.parts.ffmpeg(), frames, this.parts.isIdle) };
  }

  /** The row comes first, for the same reason. */
  private async keep(name: SheetName, jpeg: Buffer, madeAt: Date): Promise<void> {
    await this.parts.sheets.record(name, madeAt);
    await this.parts.store.put(sheetFile(name), one(jpeg));
  }
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
