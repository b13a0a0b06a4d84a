import fc from 'fast-check';
import { keyFrameOffsets, packOffsets } from './key-frame-offsets';

describe('offsets of key frames', () => {
  it('come back as they were, whether or not the segment begins with one', () => {
    const offsets = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 8 });
    fc.assert(
      fc.property(offsets, fc.boolean(), (some, independent) => {
        const all = [...(independent ? [0] : []), ...some.sort((a, b) => a - b)];
        expect(keyFrameOffsets({ independent, key_frames: packOffsets(all) })).toEqual(all);
      }),
    );
  });

  it('take no room where there is none but the first', () => {
    expect(packOffsets([0])).toBeNull();
    expect(packOffsets(null)).toBeNull();
    expect(packOffsets([0, 70_000])).toHaveLength(4);
  });
});
