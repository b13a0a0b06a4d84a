import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DomainError, wantedBytes } from '@app/platform';
import { type RecordedPath, RecordingIndex } from '@app/recordings';
import { RecordedBytes, type RecordedRange, StorageUnavailable } from '@app/storage';
import { FOR_EVER } from './media-answer';
import { breakOff, type Visit, writeHead } from './visit';

const ALWAYS = ['Cache-Control', FOR_EVER, 'Accept-Ranges', 'bytes'];
const INIT = ['Content-Type', 'video/mp4', ...ALWAYS];
const SEGMENT = ['Content-Type', 'video/iso.segment', ...ALWAYS];

/** Sends recorded media, from wherever they are. */
@Injectable()
export class RecordedFootage {
  constructor(
    private readonly index: RecordingIndex,
    private readonly recorded: RecordedBytes,
  ) {}

  /** @throws DomainError media.not-found for gaps, deleted footage, and footage on a machine that is away; service.unavailable */
  async send(visit: Visit, path: RecordedPath, range: string | undefined): Promise<void> {
    if (path.kind === 'init') return this.sendInit(visit, path.cameraId, path.runId, range);
    const bytes = await this.index.bytesOf(path.cameraId, path.mediaSequence);
    const stored = bytes && (await this.open(visit, bytes, range));
    if (!stored) throw nothingThere();
    await sendSegment(visit, stored, bytes.length, range);
  }

  /** Only what was asked for is read, wherever it is. */
  private async open(visit: Visit, bytes: RecordedRange, range: string | undefined): Promise<Readable | undefined> {
    const wanted = wantedBytes(range, bytes.length);
    const part =
      wanted.kind === 'part' ? { offset: bytes.offset + wanted.start, length: wanted.end - wanted.start + 1 } : undefined;
    const gone = new AbortController();
    visit.atEnd = () => gone.abort();
    try {
      return await this.recorded.open({ ...bytes, ...part }, gone.signal);
    } catch (error) {
      if (error instanceof StorageUnavailable)
        throw new DomainError('service.unavailable', 'Where this is stored cannot be reached now.', undefined, { cause: error });
      throw error;
    }
  }

  private async sendInit(visit: Visit, cameraId: string, runId: string, range: string | undefined): Promise<void> {
    const init = await this.index.initOf(cameraId, runId);
    if (!init) throw nothingThere();
    const wanted = writeHead(visit, INIT, init.length, range);
    if (wanted) visit.response.end(init.subarray(wanted.start, wanted.end + 1));
  }
}

async function sendSegment(visit: Visit, bytes: Readable, size: number, range: string | undefined): Promise<void> {
  const { response } = visit;
  try {
    const wanted = response.destroyed ? undefined : writeHead(visit, SEGMENT, size, range);
    if (wanted) await pipeline(bytes, response);
  } catch (error) {
    breakOff(response, error);
  } finally {
    bytes.destroy();
  }
}

function nothingThere(): DomainError {
  return new DomainError('media.not-found', 'There is nothing at this address, or not any more.');
}
