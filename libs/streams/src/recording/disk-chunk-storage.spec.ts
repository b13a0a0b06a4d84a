import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskChunkStorage } from './disk-chunk-storage';

describe('chunk files on a disk', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-chunks-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('have one writer: of two recorders the second is refused, and changes nothing', async () => {
    const first = await new DiskChunkStorage(folder).openNew('camera/run/0.m4s');
    await first.append([Buffer.from('first')], 5);
    await expect(new DiskChunkStorage(folder).openNew('camera/run/0.m4s')).rejects.toThrow('EEXIST');
    await first.append([Buffer.from(', again')], 7);
    await first.close();
    expect(await readFile(join(folder, 'camera/run/0.m4s'), 'utf8')).toBe('first, again');
  });
});
