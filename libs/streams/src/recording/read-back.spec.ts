import * as fc from 'fast-check';
import { givesBack } from './read-back';

const fileOf = (bytes: Buffer) => ({
  read: async (offset: number, into: Buffer): Promise<void> => {
    if (bytes.copy(into, 0, offset) < into.length) throw new Error('short');
  },
});

describe(givesBack, () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 0, maxLength: 40_000 }), { minLength: 1, maxLength: 20 });

  it('is true for the same bytes, however they lie in memory, and false for one bit', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(), fc.nat(100), async (arrays, where, offset) => {
        const chunks = arrays.map((array) => Buffer.from(array));
        const bytes = Buffer.concat([Buffer.alloc(offset), ...chunks]);
        expect(await givesBack(fileOf(bytes), offset, chunks)).toBe(true);
        if (bytes.length === offset) return;
        const at = offset + (where % (bytes.length - offset));
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        expect(await givesBack(fileOf(bytes), offset, chunks)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it('looks at all of what is longer than its buffer, of many at once', async () => {
    const bytes = Buffer.alloc(700_000, 3);
    const wrong = Buffer.from(bytes);
    wrong.writeUInt8(4, 699_999);
    const chunks = [bytes.subarray(0, 300_001), bytes.subarray(300_001)];
    const answers = await Promise.all([bytes, wrong, bytes, wrong].map((each) => givesBack(fileOf(each), 0, chunks)));
    expect(answers).toEqual([true, false, true, false]);
  });

  it('does not wait for another camera whose disk hangs', async () => {
    void givesBack({ read: () => new Promise<void>(() => undefined) }, 0, [Buffer.alloc(1)]);
    expect(await givesBack(fileOf(Buffer.alloc(1)), 0, [Buffer.alloc(1)])).toBe(true);
  });

  it('fails when the file is shorter, and goes on for others', async () => {
    const bytes = Buffer.alloc(100);
    await expect(givesBack(fileOf(bytes), 1, [bytes])).rejects.toThrow('short');
    expect(await givesBack(fileOf(bytes), 0, [bytes])).toBe(true);
  });
});
