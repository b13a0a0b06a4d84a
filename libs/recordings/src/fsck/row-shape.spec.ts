import type { IndexRow } from './index-row';
import { shapeOf } from './row-shape';

const media: IndexRow = {
  camera_id: 'camera',
  media_sequence: 7,
  kind: 'media',
  run_id: 'run',
  discontinuity_sequence: 0,
  starts_at: new Date(0),
  duration_ticks: 180_000,
  chunk: 0,
  byte_offset: 5,
  byte_length: 10,
  sha256: Buffer.alloc(32, 1),
  deleted_at: null,
};

describe(shapeOf, () => {
  it('names the bytes of a segment', () => {
    expect(shapeOf(media)).toEqual({
      kind: 'bytes',
      bytes: { cameraId: 'camera', mediaSequence: 7, file: 'camera/run/0.m4s', offset: 5, length: 10, sha256: media.sha256 },
    });
    expect(shapeOf({ ...media, sha256: null })).toMatchObject({ kind: 'bytes', bytes: { sha256: undefined } });
  });

  it('knows gaps, tombstones, and what was let go before there were tombstones', () => {
    expect(shapeOf({ ...media, kind: 'gap', chunk: null })).toEqual({ kind: 'gap' });
    expect(shapeOf({ ...media, chunk: null, deleted_at: new Date() })).toEqual({ kind: 'deleted' });
    expect(shapeOf({ ...media, chunk: null, sha256: null })).toEqual({ kind: 'forgotten' });
  });

  it.each<[string, Partial<IndexRow>, string]>([
    ['a tombstone with a file', { deleted_at: new Date() }, 'deleted-with-file'],
    ['a hash without bytes and without a tombstone', { chunk: null }, 'broken-row'],
    ['a gap with a file', { kind: 'gap' }, 'broken-row'],
    ['no offset', { byte_offset: null }, 'broken-row'],
    ['a negative offset', { byte_offset: -1 }, 'broken-row'],
    ['no bytes', { byte_length: 0 }, 'broken-row'],
    ['a file of no run', { run_id: null }, 'broken-row'],
    ['a file before the first of its run', { chunk: -1 }, 'broken-row'],
  ])('finds %s', (_, other, kind) => {
    expect(shapeOf({ ...media, ...other })).toMatchObject({
      kind: 'broken',
      finding: { kind, cameraId: 'camera', mediaSequence: 7 },
    });
  });
});
