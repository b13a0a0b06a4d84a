import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFile, type HashedRange } from './checked-file';

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

describe(checkFile.name, () => {
  let folder: string;
  let path: string;
  // Longer than what is read at once, and borders anywhere in it.
  const bytes = randomBytes(3_500_000);
  const borders = [0, 7, 1_000_000, 1_048_576, 3_400_000, 3_500_000];
  const ranges: HashedRange[] = borders.slice(1).map((end, index) => {
    const offset = borders[index] ?? 0;
    return { offset, length: end - offset, sha256: sha256(bytes.subarray(offset, end)) };
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-checked-'));
    path = join(folder, '0.m4s');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const check = async (content: Buffer, rows = ranges) => {
    await writeFile(path, content);
    return await checkFile(path, rows);
  };
  const flipped = (at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  };

  it('knows a file whose segments are what was recorded', async () => {
    const facts = { bytes: bytes.length, sha256: sha256(bytes).toString('hex') };
    expect(await check(bytes)).toEqual({ kind: 'good', facts });
  });

  it('knows one with bytes that no row names, and rows without a hash', async () => {
    const [first, second, third, ...rest] = ranges as [HashedRange, HashedRange, HashedRange, ...HashedRange[]];
    expect((await check(bytes, [first, third, ...rest])).kind).toBe('good');
    expect((await check(flipped(8), [first, { ...second, sha256: null }, third])).kind).toBe('good');
    expect((await check(bytes, [])).kind).toBe('good');
  });

  it.each([
    [0, 0],
    [6, 0],
    [7, 7],
    [1_048_575, 1_000_000],
    [1_048_576, 1_048_576],
    [3_499_999, 3_400_000],
  ])('finds a bit that was flipped at byte %d', async (at, offset) => {
    expect(await check(flipped(at))).toEqual({ kind: 'altered', offset });
  });

  it('finds a file that ends too early', async () => {
    expect(await check(bytes.subarray(0, -1))).toEqual({ kind: 'altered', offset: 3_400_000 });
    expect(await check(Buffer.alloc(0))).toEqual({ kind: 'altered', offset: 0 });
  });
});
