import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
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
  const stream = async (wanted = range): Promise<string | undefined> => {
    const opened = await new LocalBytes(media).open(wanted);
    return opened && (await text(opened));
  };

  it('gives the bytes of a range, at once or as a stream', async () => {
    await onDisk('....onDisk....');
    expect([await read(), await stream()]).toEqual(['onDisk', 'onDisk']);
  });

  it.each([
    ['gone', undefined],
    ['cut short', '....onDis'],
  ])('has nothing of a file that is %s', async (_name, content) => {
    if (content !== undefined) await onDisk(content);
    expect([await read(), await stream()]).toEqual([undefined, undefined]);
  });

  it('refuses a file outside the media folder', async () => {
    const outside = { ...range, file: '../../etc/passwd' };
    await expect(read(outside)).rejects.toThrow('leaves the media folder');
    await expect(stream(outside)).rejects.toThrow('leaves the media folder');
  });
});
