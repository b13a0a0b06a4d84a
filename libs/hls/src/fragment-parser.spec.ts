import * as fc from 'fast-check';
import { FragmentParser } from './fragment-parser';
import {
  AUDIO,
  audioEntry,
  box,
  ftyp,
  mdat,
  moof,
  moov,
  NON_SYNC,
  SYNC,
  type TrackShape,
  type TrafShape,
  VIDEO,
  videoEntry,
  wideBox,
} from './hand-built-boxes';
import { type Fragment, type InitSegment } from './media';
import { MediaInvalid } from './media-invalid';

const parse = (...bytes: Buffer[]) => new FragmentParser().push(Buffer.concat(bytes));
const ruleOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof MediaInvalid ? error.rule : String(error);
  }
};
const fragmentOf = (shape: Partial<TrafShape>, track: TrackShape = VIDEO): Fragment => {
  const traf = { trackId: 1, time: 0, samples: [3600], firstFlags: SYNC, ...shape };
  return parse(ftyp(), moov(track), moof(traf), mdat(10))[1] as Fragment;
};

describe('reading init segments', () => {
  it('describes the tracks of a camera', () => {
    const [init] = parse(ftyp(), moov(VIDEO, AUDIO));
    expect(init).toEqual({
      kind: 'init',
      bytes: Buffer.concat([ftyp(), moov(VIDEO, AUDIO)]),
      codecs: 'avc1.64001f,mp4a.40.2',
      video: { codec: 'avc1.64001f', width: 640, height: 360, timescale: 90_000, trackId: 1 },
      audio: { codec: 'mp4a.40.2', timescale: 48_000, trackId: 2 },
    });
  });

  it.each([
    ['hvc1.1.6.L93.B0', videoEntry('hvc1', box('hvcC', Buffer.from([1, 1, 0x60, 0, 0, 0, 0xb0, 0, 0, 0, 0, 0, 93])))],
    ['av01.0.04M.08', videoEntry('av01', box('av1C', Buffer.from([0x81, 0x04, 0x0c, 0])))],
    ['mp4v', videoEntry('mp4v', Buffer.alloc(0))],
  ])('names the codec %s', (codecs, entry) => {
    expect(parse(ftyp(), moov({ ...VIDEO, entry }))[0]).toMatchObject({ codecs });
  });

  it('names Opus sound', () => {
    const entry = audioEntry('Opus', Buffer.alloc(0));
    expect(parse(ftyp(), moov({ ...AUDIO, entry }))[0]).toMatchObject({ codecs: 'opus', video: undefined });
  });

  it('gives a new init segment for a second moov', () => {
    const kinds = parse(ftyp(), moov(VIDEO), moof({ trackId: 1, time: 0, samples: [3600] }), mdat(4), ftyp(), moov(AUDIO)).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['init', 'fragment', 'init']);
  });
});

describe('reading fragments', () => {
  it('adds up durations that stand at each sample', () => {
    expect(fragmentOf({ time: 9000, samples: [3600, 3000, 4200] })).toMatchObject({
      decodeTime: 9000,
      duration: 10_800,
      videoSamples: 3,
    });
  });

  it('takes the default duration from tfhd, then from trex', () => {
    expect(fragmentOf({ samples: [0, 0], perSample: false, defaultDuration: 3000 }).duration).toBe(6000);
    expect(fragmentOf({ samples: [0, 0], perSample: false }, { ...VIDEO, defaultDuration: 1500 }).duration).toBe(3000);
  });

  it.each<[string, Partial<TrafShape>, number, boolean]>([
    ['the first sample flags', { firstFlags: SYNC, defaultFlags: NON_SYNC }, NON_SYNC, true],
    ['the first sample flags against all defaults', { firstFlags: NON_SYNC, defaultFlags: SYNC }, SYNC, false],
    ['flags of each sample', { firstFlags: undefined, flags: NON_SYNC, defaultFlags: SYNC }, SYNC, false],
    ['the default of tfhd', { firstFlags: undefined, defaultFlags: NON_SYNC }, SYNC, false],
    ['the default of trex', { firstFlags: undefined }, NON_SYNC, false],
    ['the default of trex, a key frame', { firstFlags: undefined }, SYNC, true],
  ])('knows a key frame by %s', (_name, shape, trexFlags, independent) => {
    expect(fragmentOf(shape, { ...VIDEO, defaultFlags: trexFlags }).independent).toBe(independent);
  });

  it('reads 64-bit decode times and scales other timescales to 90 kHz', () => {
    expect(fragmentOf({ time: 2n ** 33n }).decodeTime).toBe(2 ** 33);
    expect(fragmentOf({ time: 12_800, samples: [512] }, { ...VIDEO, timescale: 12_800 })).toMatchObject({
      decodeTime: 90_000,
      duration: 3600,
    });
  });

  it('times a fragment by its video whatever stands first', () => {
    const sound = { trackId: 2, time: 48_000, samples: [1024, 1024] };
    const [, fragment] = parse(
      ftyp(),
      moov(VIDEO, AUDIO),
      moof(sound, { trackId: 1, time: 900, samples: [3600], firstFlags: SYNC }),
      mdat(9),
    );
    expect(fragment).toMatchObject({ decodeTime: 900, duration: 3600, independent: true, videoSamples: 1 });
  });

  it('marks sound without pictures, which takes no time of the list', () => {
    const [, fragment] = parse(ftyp(), moov(VIDEO, AUDIO), moof({ trackId: 2, time: 48_000, samples: [1024] }), mdat(9));
    expect(fragment).toMatchObject({ decodeTime: 90_000, duration: 0, independent: false, videoSamples: 0 });
  });

  it('understands 64-bit box sizes and leaves out clocks, indexes and padding', () => {
    const clock = box('prft', Buffer.alloc(16));
    const wide = wideBox('mdat', Buffer.alloc(20, 1));
    const head = moof({ trackId: 1, time: 0, samples: [3600] });
    const pieces = parse(
      ftyp(),
      moov(VIDEO),
      box('styp', Buffer.alloc(8)),
      box('sidx', Buffer.alloc(40)),
      clock,
      head,
      wide,
      box('mfra'),
    );
    expect(pieces.map(({ bytes }) => bytes)).toEqual([Buffer.concat([ftyp(), moov(VIDEO)]), Buffer.concat([head, wide])]);
  });

  it('does not depend on where the pipe was cut', () => {
    const fragments = [0, 1, 2].flatMap((i) => [
      box('prft', Buffer.alloc(16)),
      moof({ trackId: 1, time: i * 3600, samples: [3600] }, { trackId: 2, time: i * 1920, samples: [1024] }),
      i === 1 ? wideBox('mdat', Buffer.alloc(33, i)) : mdat(10 + i),
    ]);
    const bytes = Buffer.concat([ftyp(), moov(VIDEO, AUDIO), ...fragments]);
    const whole = parse(bytes);
    expect(whole).toHaveLength(4);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 30 }), (cuts) => {
        const parser = new FragmentParser();
        const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = edges.slice(1).flatMap((end, index) => parser.push(bytes.subarray(edges[index], end)));
        expect(pieces).toEqual(whole);
        expect(parser.pendingBytes).toBe(0);
      }),
    );
  });

  it('copies nothing when a fragment lies in one chunk', () => {
    const bytes = Buffer.concat([ftyp(), moov(VIDEO), moof({ trackId: 1, time: 0, samples: [3600] }), mdat(50)]);
    const [, fragment] = new FragmentParser().push(bytes) as [InitSegment, Fragment];
    expect(fragment.bytes.buffer).toBe(bytes.buffer);
  });
});

describe('refusing what is no camera', () => {
  const start = [ftyp(), moov(VIDEO)];
  const good = { trackId: 1, time: 0, samples: [3600] };

  it.each<[string, Buffer[]]>([
    ['box-size', [Buffer.from([0, 0, 0, 4, 0x66, 0x74, 0x79, 0x70])]],
    ['box-unexpected', [Buffer.from('HTTP/1.1 404 Not Found\r\n')]],
    ['box-unexpected', [...start, mdat(5)]],
    ['box-unexpected', [...start, moof(good), moof(good)]],
    ['box-unexpected', [...start, moof({ ...good, baseOffset: true }), mdat(3)]],
    ['fragment-before-init', [ftyp(), moof(good), mdat(3)]],
    ['fragment-without-media', [...start, box('moof', box('mfhd', Buffer.alloc(8))), mdat(3)]],
    ['track-unknown', [...start, moof({ ...good, trackId: 9 }), mdat(3)]],
    ['time-out-of-range', [...start, moof({ ...good, time: 2n ** 62n }), mdat(3)]],
    ['box-missing', [ftyp(), box('moov', box('mvhd'))]],
    ['box-missing', [ftyp(), moov({ ...VIDEO, handler: 'text' })]],
    ['box-truncated', [...start, box('moof', box('traf', box('tfhd', Buffer.alloc(3)))), mdat(3)]],
    [
      'too-many-samples',
      [
        ...start,
        box(
          'moof',
          box(
            'traf',
            box('tfhd', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1])),
            box('tfdt', Buffer.alloc(8)),
            box('trun', Buffer.from([0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])),
          ),
        ),
        mdat(3),
      ],
    ],
  ])('names the rule %s', (rule, bytes) => {
    expect(ruleOf(() => parse(...bytes))).toBe(rule);
  });

  it('refuses a box that is too large as soon as its header is there', () => {
    const header = Buffer.from([0x7f, 0xff, 0xff, 0xff, 0x6d, 0x6f, 0x6f, 0x76]);
    expect(ruleOf(() => parse(ftyp(), header))).toBe('box-too-large');
  });

  it('never fails otherwise, whatever arrives', () => {
    const bytes = Buffer.concat([...start, moof(good), mdat(3)]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const broken = Buffer.from(bytes);
        broken[at] = value;
        const rule = ruleOf(() => new FragmentParser().push(broken));
        expect(rule ?? '').not.toContain('Error');
      }),
      { numRuns: 1000 },
    );
  });
});
