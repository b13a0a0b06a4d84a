import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalBytes } from './local-bytes';

describe(LocalBytes.name, () => {
  let media: string;
  const range = { file: 'cam/run/0.m4s', offset: 4, length: 6 };

  beforeEach(async () => {
    media = await mkdtemp(join(tmpdir(), 'pollglass-local-'));
  });
  afterEach(() => rm(media, { recursive: true, force: true }));

  async function onDisk(content: string): Promise<void> {
    await mkdir(join(media, 'cam/run'), { recursive: true });
    await writeFile(join(media, range.file), content);
  }
  const read = async (wanted = range): Promise<string | undefined> => (await new LocalBytes(media).read(wanted))?.toString();

  it('gives the bytes of a range', async () => {
    await onDisk('....onDisk....');
    expect(await read()).toBe('onDisk');
  });

  it.each([
    ['gone', undefined],
    ['cut short', '....onDis'],
  ])('has nothing of a file that is %s', async (_name, content) => {
    if (content !== undefined) await onDisk(content);
    expect(await read()).toBeUndefined();
  });

  it('refuses a file outside the media folder', async () => {
    await expect(read({ ...range, file: '../../etc/passwd' })).rejects.toThrow('leaves the media folder');
  });
});
