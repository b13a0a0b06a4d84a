import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FfmpegNotFound, locateFfmpeg } from './locate';

const FAKE = `#!/bin/sh
case "$*" in
  *-version) echo "ffmpeg version 9.9-test Copyright";;
  *-protocols) printf 'Supported file protocols:\\nInput:\\n  rtmp\\n  srt\\nOutput:\\n  rist\\n';;
  *-encoders) echo " V....D libx264              libx264 H.264 (codec h264)";;
  *-filters) echo " T.C drawbox           V->V       Draw a box.";;
esac
`;

describe('locateFfmpeg', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'locate-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const program = async (name: string, text = FAKE): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text);
    await chmod(file, 0o755);
    return file;
  };

  it('takes the one on the PATH, with the ffprobe beside it, and knows what it can do', async () => {
    const ffmpeg = await program('ffmpeg');
    const ffprobe = await program('ffprobe');
    expect(await locateFfmpeg({ path: `/nowhere:${folder}`, staticFile: () => undefined })).toEqual({
      ffmpeg,
      ffprobe,
      setpriv: undefined,
      version: '9.9-test',
      capabilities: { protocols: ['rtmp', 'srt'], srt: true, libx264: true, drawtext: false },
    });
  });

  it('prefers FFMPEG_PATH, then the file of ffmpeg-static if it is really there', async () => {
    const onPath = await program('ffmpeg');
    const own = await program('own-ffmpeg');
    const staticFile = () => own;
    expect((await locateFfmpeg({ ffmpegPath: onPath, path: '', staticFile })).ffmpeg).toBe(onPath);
    expect((await locateFfmpeg({ path: folder, staticFile })).ffmpeg).toBe(own);
    expect((await locateFfmpeg({ path: folder, staticFile: () => join(folder, 'not-downloaded') })).ffmpeg).toBe(onPath);
  });

  it('passes over a setpriv that does not know the option', async () => {
    await program('ffmpeg');
    await program('setpriv', '#!/bin/sh\nexit 1\n');
    expect((await locateFfmpeg({ path: folder, staticFile: () => undefined })).setpriv).toBeUndefined();
  });

  it('names all three ways when there is none', async () => {
    const search = locateFfmpeg({ path: folder, staticFile: () => undefined });
    await expect(search).rejects.toThrow(FfmpegNotFound);
    await expect(search).rejects.toThrow(/FFMPEG_PATH.*ffmpeg-static.*PATH/);
  });

  it('does not look elsewhere when FFMPEG_PATH is wrong', async () => {
    await program('ffmpeg');
    const other = await program('other', '#!/bin/sh\necho hello\n');
    await expect(locateFfmpeg({ ffmpegPath: other, path: folder })).rejects.toThrow(`${other} is not ffmpeg`);
    await expect(locateFfmpeg({ ffmpegPath: '/nowhere/ffmpeg', path: folder })).rejects.toThrow('/nowhere/ffmpeg cannot be run');
  });
});
