import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputWatcher } from './input-watcher';

function watch(lines: readonly string[]): InputWatcher {
  const watcher = new InputWatcher();
  lines.forEach((line) => watcher.take(line));
  watcher.finish();
  return watcher;
}
const recorded = (name: string): string[] => readFileSync(join(__dirname, '../fixtures', `${name}.log`), 'utf8').split('\n');

describe('InputWatcher', () => {
  it.each([
    ['flv-ok', { video: 'h264', videoProfile: 'High', audio: 'aac' }],
    ['rtsp-auth-ok', { video: 'h264', videoProfile: 'High', audio: 'aac' }],
    ['flv-pcm-in-copy', { video: 'h264', videoProfile: 'High', audio: 'pcm_alaw' }],
    ['srt-audio-only', { video: null, audio: 'aac' }],
    ['rtsp-refused', undefined],
  ])('reads the codecs of %s', (name, codecs) => {
    expect(watch(recorded(name)).codecs).toEqual(codecs);
  });

  it('takes the first track of each kind, by language and tag or not, and none of the output', () => {
    const lines = [
      "[info] Input #0, mpegts, from 'srt://10.0.0.9:9000':",
      '[info]   Stream #0:0[0x100](und): Video: hevc ([36][0][0][0] / 0x0024), yuv420p, 640x360, 25 fps',
      '[info]   Stream #0:1[0x101](eng): Audio: pcm_mulaw, 8000 Hz, mono',
      '[info]   Stream #0:2[0x102]: Video: h264 (Main), yuv420p',
      "[info] Output #0, mp4, to 'pipe:1':",
      '[info]   Stream #0:0: Video: h264 (High), yuv420p',
    ];
    expect(watch(lines).codecs).toEqual({ video: 'hevc', audio: 'pcm_mulaw' });
  });
});
