import * as fc from 'fast-check';
import { type Fragment } from './media';
import { chooseTargetDuration, type PackedEvent, Segmenter } from './segmenter';

const TICKS = 90_000;
const FRAME = 3600;
const OPTIONS = { partTarget: 0.5, targetDuration: 2 };

const fragment = (decodeTime: number, duration = 2 * FRAME, independent = false): Fragment => ({
  kind: 'fragment',
  bytes: Buffer.from(`${decodeTime};`),
  decodeTime,
  duration,
  independent,
  videoSamples: 2,
});
const sound = (name: string): Fragment => ({ ...fragment(0, 0), bytes: Buffer.from(`${name};`), videoSamples: 0 });

/** Fragments one after the other; a key frame every `gop` fragments. */
const stream = (count: number, gop: number, duration = 2 * FRAME, from = 0): Fragment[] =>
  Array.from({ length: count }, (_, i) => fragment(from + i * duration, duration, i % gop === 0));

const pack = (fragments: readonly Fragment[], options = OPTIONS): PackedEvent[] => {
  const segmenter = new Segmenter(options);
  return [...fragments.flatMap((one) => segmenter.push(one)), ...segmenter.finish()];
};
const segments = (events: readonly PackedEvent[]) => events.filter((event) => event.kind === 'segment-end');
const parts = (events: readonly PackedEvent[]) => events.flatMap((event) => (event.kind === 'part' ? [event.part] : []));
const seconds = (ticks: number): number => ticks / TICKS;
const bytesOf = (events: readonly PackedEvent[]): string =>
  parts(events)
    .flatMap(({ chunks }) => chunks.map(String))
    .join('');

describe('packing parts', () => {
  it('fills parts up to the target and gives a full one without waiting for the next fragment', () => {
    const segmenter = new Segmenter(OPTIONS);
    const events = stream(6, 100).map((one) => segmenter.push(one).map(({ kind }) => kind));
    expect(events).toEqual([[], [], [], [], [], ['part']]);
  });

  it('says which parts a decoder can start at', () => {
    const events = pack(stream(25, 25));
    expect(parts(events).map(({ independent }) => independent)).toEqual([true, false, false, false, false]);
  });

  it('keeps sound with the pictures around it and takes no time for it', () => {
    const events = pack([sound('a'), fragment(0, FRAME, true), sound('b'), fragment(FRAME, FRAME), sound('c')]);
    expect(bytesOf(events)).toBe('a;0;b;3600;c;');
    expect(segments(events)).toMatchObject([{ duration: 2 * FRAME }]);
  });

  it('does not hoard sound when the picture stays away', () => {
    const segmenter = new Segmenter(OPTIONS);
    for (let i = 0; i < 10_000; i++) segmenter.push(sound(String(i)));
    segmenter.push(fragment(0, FRAME, true));
    expect(parts(segmenter.finish())[0]?.chunks.length).toBeLessThan(200);
  });
});

describe('cutting segments', () => {
  it.each([
    // GOP seconds, target duration, expected segment seconds
    [2, 2, 2],
    [1.04, 2, 2.08],
    [2.4, 2, 2.4],
    [1.36, 2, 1.36],
    [0.4, 2, 1.6],
    [4, 4, 4],
    [2, 4, 4],
  ])('with a key frame every %s s and target duration %s cuts every %s s', (gop, targetDuration, expected) => {
    const frames = Math.round((gop * TICKS) / (2 * FRAME));
    const events = segments(pack(stream(frames * 8, frames), { partTarget: 0.5, targetDuration }));
    const whole = events.slice(0, -1);
    expect(whole.map(({ duration }) => seconds(duration))).toEqual(whole.map(() => expected));
    expect(events.every(({ independent }) => independent)).toBe(true);
  });

  it('cuts without a key frame when none comes in time', () => {
    const events = segments(pack(stream(125, 1000)));
    expect(events.every(({ duration }) => seconds(duration) < 2.49)).toBe(true);
    expect(events.map(({ independent }) => independent)).toEqual([true, false, false, false, false]);
  });

  it.each([
    [2, 2],
    [4, 4],
  ])(
    'may be told to end a segment that is nearly full, and is back at the key frames with the next but one (%s s of %s)',
    (gop, targetDuration) => {
      const frames = (gop * TICKS) / (2 * FRAME);
      const segmenter = new Segmenter({ partTarget: 0.5, targetDuration });
      const fragments = stream(frames * 4, frames);
      const events: PackedEvent[] = [];
      let cuts = 0;
      for (const one of fragments) {
        events.push(...segmenter.push(one));
        if (cuts > 0 || !segmenter.mayCut) continue;
        cuts += 1;
        events.push(...segmenter.cut());
        expect(segmenter).toMatchObject({ inPart: false, mayCut: false });
      }
      events.push(...segmenter.finish());
      expect(bytesOf(events)).toBe(bytesOf(pack(fragments)));
      const [first, second, ...others] = segments(events);
      expect(seconds(first?.duration ?? 0)).toBeGreaterThanOrEqual(targetDuration - 0.45);
      expect(second).toMatchObject({ independent: false, duration: 2 * gop * TICKS - (first?.duration ?? 0) });
      expect(others).toMatchObject([1, 2].map(() => ({ independent: true, duration: gop * TICKS })));
    },
  );

  it('says whether a segment that may be cut is all in parts already', () => {
    const segmenter = new Segmenter(OPTIONS);
    const [last, ...others] = stream(25, 25).reverse() as [Fragment, ...Fragment[]];
    for (const one of others.reverse()) segmenter.push(one);
    expect(segmenter).toMatchObject({ mayCut: true, inPart: false });
    segmenter.push(last);
    expect(segmenter).toMatchObject({ mayCut: true, inPart: true });
  });

  it('gives the same parts again when the packing begins at any segment', () => {
    const shape = fc.array(fc.record({ frames: fc.integer({ min: 1, max: 3 }), key: fc.integer({ min: 0, max: 12 }) }), {
      minLength: 40,
      maxLength: 200,
    });
    fc.assert(
      fc.property(shape, (steps) => {
        let at = 0;
        const fragments = steps.map(({ frames, key }) => {
          const one = fragment(at, frames * FRAME, key === 0);
          at += one.duration;
          return one;
        });
        const whole = pack(fragments);
        const ends = whole.flatMap((event, index) => (event.kind === 'segment-end' ? [{ event, index }] : []));
        for (const { event, index } of ends.slice(0, -1)) {
          const from = event.decodeTime + event.duration;
          expect(pack(fragments.filter(({ decodeTime }) => decodeTime >= from))).toEqual(whole.slice(index + 1));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('keeps all bytes and all time within the limits, whatever the camera does', () => {
    const shape = fc.array(
      fc.record({ frames: fc.integer({ min: 1, max: 12 }), missing: fc.integer({ min: 0, max: 40 }), key: fc.boolean() }),
      { minLength: 1, maxLength: 200 },
    );
    fc.assert(
      fc.property(shape, (steps) => {
        let at = 0;
        const fragments = steps.map(({ frames, missing, key }, index) => {
          at += index === 0 ? 0 : missing * FRAME;
          const one = fragment(at, frames * FRAME, key);
          at += one.duration;
          return one;
        });
        const events = pack(fragments);
        expect(bytesOf(events)).toBe(fragments.map(({ bytes }) => bytes.toString()).join(''));
        expect(parts(events).every(({ duration }) => duration <= 0.5 * TICKS)).toBe(true);
        const timed = events.filter((event) => event.kind === 'segment-end' || event.kind === 'gap');
        let end = 0;
        for (const event of timed) {
          expect(event.decodeTime).toBe(end);
          end += event.duration;
          if (event.kind === 'segment-end') expect(seconds(event.duration)).toBeLessThan(2.49);
        }
        expect(end).toBe(at);
      }),
    );
  });
});

describe('broken clocks', () => {
  const broken = (next: Fragment): PackedEvent[] => {
    const segmenter = new Segmenter(OPTIONS);
    return [...stream(10, 25), next].flatMap((one) => segmenter.push(one));
  };
  const end = 10 * 2 * FRAME;

  it.each<[string, number]>([
    ['time-jumped', end + 5.1 * TICKS],
    ['time-went-back', 4 * FRAME + 1],
    ['time-went-back', -100 * TICKS],
  ])('ends the run with %s and does not take the fragment', (reason, decodeTime) => {
    const next = fragment(decodeTime, FRAME, true);
    const events = broken(next);
    expect(events.slice(-2)).toMatchObject([
      { kind: 'segment-end', duration: end },
      { kind: 'discontinuity', reason, fragment: next },
    ]);
    expect(bytesOf(events)).not.toContain(`${decodeTime};`);
  });

  it('lets the fragment after some missing frames last longer', () => {
    const events = broken(fragment(end + 4 * FRAME, 2 * FRAME));
    expect(events.some(({ kind }) => kind !== 'part')).toBe(false);
    const segmenter = new Segmenter(OPTIONS);
    const all = [...stream(10, 25), fragment(end + 4 * FRAME)].flatMap((one) => segmenter.push(one)).concat(segmenter.finish());
    expect(segments(all)).toMatchObject([{ duration: end + 6 * FRAME }]);
  });

  it('lists a gap for frames missing between fragments', () => {
    const events = broken(fragment(end + 3 * TICKS, FRAME));
    expect(events.slice(-2)).toMatchObject([{ kind: 'segment-end' }, { kind: 'gap', decodeTime: end, duration: 3 * TICKS }]);
  });

  it('lists a gap for a last frame that claims to last long', () => {
    const events = broken(fragment(end, 3 * TICKS));
    expect(events.slice(-2)).toMatchObject([
      { kind: 'segment-end' },
      { kind: 'gap', decodeTime: end + 0.5 * TICKS, duration: 2.5 * TICKS },
    ]);
  });

  it('begins a new run after a fragment of more than 5 s', () => {
    const segmenter = new Segmenter(OPTIONS);
    const long = fragment(end, 6 * TICKS);
    const next = fragment(end + 6 * TICKS, FRAME, true);
    const events = [...stream(10, 25), long, next].flatMap((one) => segmenter.push(one));
    expect(events.at(-1)).toEqual({ kind: 'discontinuity', reason: 'fragment-too-long', fragment: next });
    expect(bytesOf(events)).toContain(`${end};`);
  });

  it('takes a small overlap without making the list longer', () => {
    const segmenter = new Segmenter(OPTIONS);
    const all = [...stream(10, 25), fragment(end - FRAME)].flatMap((one) => segmenter.push(one)).concat(segmenter.finish());
    expect(segments(all)).toMatchObject([{ duration: end + FRAME }]);
  });
});

describe('choosing the target duration', () => {
  it.each([
    ['nothing was seen', [], undefined],
    ['there is no key frame', stream(50, 25).slice(1, 20), undefined],
    ['the second key frame is still to come', stream(25, 30), undefined],
    ['key frames are 2 s apart', stream(60, 25), 2],
    ['key frames are 2.4 s apart', stream(31, 30), 2],
    ['key frames are 4 s apart', stream(60, 50), 4],
    ['none came for 2.45 s', stream(31, 1000), 4],
  ])('when %s', (_name, fragments, expected) => {
    expect(chooseTargetDuration(fragments)).toBe(expected);
  });
});
