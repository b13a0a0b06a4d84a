import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '@app/database';
import { ftyp, mdat, moof, moov, NON_SYNC, SYNC, VIDEO } from '../../../hls/src/hand-built-boxes';
import { DiskChunkStorage } from './disk-chunk-storage';
import { sha256Of } from './segment-facts';
import { restorePast } from './stream-history';

const PART = 45_000;
const START = Date.UTC(2026, 10, 22, 8);

/** Half a second; a key frame every two seconds. */
const fragment = (index: number): Buffer =>
  Buffer.concat([
    moof({ trackId: 1, time: index * PART, samples: [PART], firstFlags: index % 4 === 0 ? SYNC : NON_SYNC }),
    mdat(50 + index),
  ]);
const segmentBytes = (index: number): Buffer => Buffer.concat([0, 1, 2, 3].map((part) => fragment(4 * index + part)));

describe('the past of a camera whose packager was lost', () => {
  let mediaDirectory: string;
  beforeAll(async () => {
    mediaDirectory = await mkdtemp(join(tmpdir(), 'pollglass-past-'));
    await mkdir(join(mediaDirectory, 'camera/run'), { recursive: true });
    await writeFile(join(mediaDirectory, 'camera/run/0.m4s'), Buffer.concat([segmentBytes(0), segmentBytes(1)]));
  });
  afterAll(() => rm(mediaDirectory, { recursive: true, force: true }));

  const run: Row<'runs'> = {
    id: 'run',
    camera_id: 'camera',
    generation: 1,
    discontinuity_sequence: 0,
    started_at: new Date(START),
    ended_at: null,
    end_reason: null,
    end_detail: null,
    init_segment: Buffer.concat([ftyp(), moov(VIDEO)]),
    codecs: 'avc1.64001f',
    width: 640,
    height: 360,
  };
  const row = (mediaSequence: number, kind: 'media' | 'gap'): Row<'segments'> => ({
    camera_id: 'camera',
    media_sequence: mediaSequence,
    generation: 1,
    kind,
    run_id: kind === 'media' ? 'run' : null,
    discontinuity_sequence: 0,
    starts_at: new Date(START + 2000 * mediaSequence),
    duration_ticks: 4 * PART,
    independent: kind === 'media',
    gap_cause: kind === 'gap' ? 'connection-lost' : null,
    chunk: kind === 'media' ? 0 : null,
    byte_offset: kind === 'media' ? 0 : null,
    byte_length: kind === 'media' ? segmentBytes(0).length : null,
    sha256: null,
    media_time: null,
    monotonic_ms: null,
    key_frames: null,
    deleted_at: null,
  });
  const restore = (segments: Row<'segments'>[], newestRun = run) =>
    restorePast(
      { segments, runs: [newestRun] },
      {
        cameraId: 'camera',
        targetDuration: 2,
        mediaDirectory,
        storage: new DiskChunkStorage(mediaDirectory),
        nowMs: START + 10_000,
        newestRun,
        startedAtMs: 0,
      },
    );

  it('gets the segments that were not told, with the hash of their bytes', async () => {
    const past = await restore([row(0, 'media')]);
    const [first, second] = [segmentBytes(0), segmentBytes(1)];
    expect(past?.unreported).toMatchObject([
      { mediaSequence: 1, byteOffset: first.length, byteLength: second.length, sha256: sha256Of(second), mediaTime: 4 * PART },
    ]);
  });

  it('gets them once when a gap inside the run was told last', async () => {
    const past = await restore([row(0, 'media'), row(1, 'gap')]);
    expect(past?.unreported).toMatchObject([
      { mediaSequence: 2, byteOffset: segmentBytes(0).length, startsAt: new Date(START + 4000) },
    ]);
  });

  it('gets nothing of a run whose disk failed: that segment is a gap', async () => {
    const failed: Row<'runs'> = { ...run, ended_at: new Date(START + 2000), end_reason: 'storage-failed' };
    expect((await restore([row(0, 'media')], failed))?.unreported).toEqual([]);
    expect((await restore([row(0, 'media'), row(1, 'gap')], failed))?.unreported).toEqual([]);
  });
});
