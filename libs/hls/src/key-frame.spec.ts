import { FragmentParser } from './fragment-parser';
import { box, ftyp, moov, SYNC, NON_SYNC, AUDIO, VIDEO } from './hand-built-boxes';
import { avcConfigOf, keyFrameOf } from './key-frame';
import type { Fragment, InitSegment } from './media';

const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
};
const trun = (offset: number, flags: number, sizes: number[]): Buffer =>
  box('trun', u32(0x305, sizes.length, offset, flags, ...sizes.flatMap((size) => [3600, size])));
const traf = (trackId: number, run: Buffer): Buffer =>
  box('traf', box('tfhd', u32(0x02_0000, trackId)), box('tfdt', u32(0, 0)), run);

/** Sound first, then a picture of five bytes and one of three. */
function fragmentOf(flags: number, size = 5): [InitSegment, Fragment] {
  const build = (start: number): Buffer =>
    box('moof', box('mfhd', u32(0, 1)), traf(2, trun(start, SYNC, [4])), traf(1, trun(start + 4, flags, [size, 3])));
  const mdat = box('mdat', Buffer.from('SSSSKKKKKppp'));
  const pieces = new FragmentParser().push(Buffer.concat([ftyp(), moov(VIDEO, AUDIO), build(build(0).length + 8), mdat]));
  return pieces as [InitSegment, Fragment];
}

describe('the key frame of a fragment', () => {
  it('is the first picture of the picture’s track, and nothing of the sound', () => {
    const [init, fragment] = fragmentOf(SYNC);
    expect(keyFrameOf(fragment, init)?.toString()).toBe('KKKKK');
  });

  it('is not there in a fragment that does not begin with one', () => {
    const [init, fragment] = fragmentOf(NON_SYNC);
    expect(keyFrameOf(fragment, init)).toBeUndefined();
  });

  it('is not read from beyond the fragment', () => {
    const [init, fragment] = fragmentOf(SYNC, 9);
    expect(keyFrameOf(fragment, init)).toBeUndefined();
  });
});

describe('what a decoder has to know', () => {
  it('is the configuration in the description of the media', () => {
    const [init] = fragmentOf(SYNC);
    expect(avcConfigOf(init)).toEqual(Buffer.from([1, 0x64, 0x00, 0x1f, 0xff]));
  });

  it('is not there where the picture is no H.264', () => {
    const [init] = fragmentOf(SYNC);
    expect(avcConfigOf({ ...init, video: init.video && { ...init.video, codec: 'hvc1.1' } })).toBeUndefined();
  });
});
