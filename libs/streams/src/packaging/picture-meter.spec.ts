import type { Fragment, InitSegment } from '@app/hls';
import { PictureMeter } from './picture-meter';

const init = (audio?: string): InitSegment =>
  ({
    kind: 'init',
    video: { codec: 'avc1.64001f', width: 640, height: 360 },
    audio: audio === undefined ? undefined : { codec: audio },
  }) as InitSegment;
/** A second of 25 frames, 50,000 bytes. */
const second = { videoSamples: 25, bytes: Buffer.alloc(50_000), duration: 90_000 } as unknown as Fragment;

describe('what a picture is made of', () => {
  it('is known from the description of the media alone, before any rate is', () => {
    expect(new PictureMeter().facts(init('mp4a.40.2'), undefined)).toEqual({
      codec: 'h264',
      audioCodec: 'aac',
      width: 640,
      height: 360,
      fps: null,
      bitrate: null,
    });
    expect(new PictureMeter().facts(init(), undefined).audioCodec).toBeNull();
  });

  it('tells the codecs that the camera sends, not those it was made into', () => {
    const facts = new PictureMeter().facts(init('mp4a.40.2'), { video: 'hevc', audio: 'pcm_alaw' });
    expect(facts).toMatchObject({ codec: 'hevc', audioCodec: 'pcm_alaw' });
  });

  it('has rates after four seconds of media', () => {
    const meter = new PictureMeter();
    for (let seconds = 1; seconds <= 3; seconds += 1) meter.add(second);
    expect(meter.facts(init(), undefined).fps).toBeNull();
    meter.add(second);
    expect(meter.facts(init(), undefined)).toMatchObject({ fps: 25, bitrate: 400_000 });
  });
});
