import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@app/platform';
import { type RecordedPath, RecordingIndex, type StoredBytes, StoredMedia } from '@app/recordings';
import { FOR_EVER } from './media-answer';
import { OwnerClient } from './owner-client';
import { breakOff, relay, type Visit, writeHead } from './visit';

const ALWAYS = ['Cache-Control', FOR_EVER, 'Accept-Ranges', 'bytes'];
const INIT = ['Content-Type', 'video/mp4', ...ALWAYS];
const SEGMENT = ['Content-Type', 'video/iso.segment', ...ALWAYS];

/** Sends recorded media: from the media folder of this machine, else from the camera's owner while that has it. */
@Injectable()
export class RecordedFootage {
  constructor(
    private readonly index: RecordingIndex,
    private readonly stored: StoredMedia,
    private readonly owners: OwnerClient,
  ) {}

  /** @throws DomainError media.not-found for gaps and deleted footage; what OwnerClient.ask throws */
  async send(visit: Visit, path: RecordedPath, range: string | undefined): Promise<void> {
    if (path.kind === 'init') return this.sendInit(visit, path.cameraId, path.runId, range);
    const bytes = await this.index.bytesOf(path.cameraId, path.mediaSequence);
    if (!bytes) throw nothingThere();
    const file = await this.stored.open(bytes);
    if (file) return await sendFile(visit, file, bytes, range);
    const address = `/hls/${path.cameraId}/seg/${path.mediaSequence}.m4s`;
    const method = visit.isHead ? 'HEAD' : 'GET';
    const headers = { ...(range !== undefined && { range }) };
    await relay(visit, (signal) => this.owners.ask(path.cameraId, { path: address, method, headers, signal }));
  }

  private async sendInit(visit: Visit, cameraId: string, runId: string, range: string | undefined): Promise<void> {
    const init = await this.index.initOf(cameraId, runId);
    if (!init) throw nothingThere();
    const wanted = writeHead(visit, INIT, init.length, range);
    if (wanted) visit.response.end(init.subarray(wanted.start, wanted.end + 1));
  }
}

async function sendFile(
  visit: Visit,
  file: FileHandle,
  { offset, length }: StoredBytes,
  range: string | undefined,
): Promise<void> {
  const { response } = visit;
  try {
    const wanted = response.destroyed ? undefined : writeHead(visit, SEGMENT, length, range);
    if (!wanted) return;
    const bytes = file.createReadStream({ start: offset + wanted.start, end: offset + wanted.end, autoClose: false });
    await pipeline(bytes, response);
  } catch (error) {
    breakOff(response, error);
  } finally {
    await file.close();
  }
}

function nothingThere(): DomainError {
  return new DomainError('media.not-found', 'There is nothing at this address, or not any more.');
}
