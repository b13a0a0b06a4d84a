import type { RecordedRange } from '@app/storage';
import type { IndexedSegment } from './clip-plan';
import { FootageReader } from './footage-reader';

const segment: IndexedSegment = {
  cameraId: 'cam',
  mediaSequence: 7,
  runId: 'run',
  startsAt: 0,
  durationMs: 2000,
  independent: true,
  file: 'cam/run/0.m4s',
  byteOffset: 4,
  byteLength: 6,
};

describe(FootageReader.name, () => {
  const asked: RecordedRange[] = [];
  const reading = (found: Buffer | undefined) =>
    new FootageReader({
      read: (range: RecordedRange) => {
        asked.push(range);
        return Promise.resolve(found);
      },
    });

  beforeEach(() => void asked.splice(0));

  it('reads what the index says', async () => {
    expect(await reading(Buffer.from('onDisk')).read(segment)).toEqual({ kind: 'bytes', bytes: Buffer.from('onDisk') });
    expect(asked).toEqual([{ file: 'cam/run/0.m4s', offset: 4, length: 6 }]);
  });

  it('misses a segment that is nowhere', async () => {
    expect(await reading(undefined).read(segment)).toEqual({ kind: 'missing' });
  });

  it('misses a segment whose bytes were deleted, and looks for them nowhere', async () => {
    const deleted = { ...segment, file: null, byteOffset: null, byteLength: null };
    expect(await reading(Buffer.from('onDisk')).read(deleted)).toEqual({ kind: 'missing' });
    expect(asked).toEqual([]);
  });
});
