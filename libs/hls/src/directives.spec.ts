import { parseDirectives, positionAnswer } from './directives';

describe('reading delivery directives', () => {
  it.each([
    [{}, {}],
    [{ v: '1', _HLS_msn: '12' }, { mediaSequence: 12 }],
    [
      { _HLS_msn: '12', _HLS_part: '0', _HLS_skip: 'YES' },
      { mediaSequence: 12, part: 0, skip: true },
    ],
    [{ _HLS_skip: 'v2' }, { skip: true }],
  ])('takes %j', (query, directives) => {
    expect(parseDirectives(query)).toEqual({ kind: 'directives', directives });
  });

  it.each([
    [{ _HLS_part: '0' }, 'part-without-msn'],
    [{ _HLS_msn: '-1' }, 'not-a-number'],
    [{ _HLS_msn: '1e3' }, 'not-a-number'],
    [{ _HLS_msn: '' }, 'not-a-number'],
    [{ _HLS_msn: '1', _HLS_part: 'x' }, 'not-a-number'],
    [{ _HLS_msn: '99999999999999999999' }, 'not-a-number'],
    [{ _HLS_msn: ['1', '2'] }, 'repeated'],
    [{ _HLS_skip: 'NO' }, 'unknown-skip'],
  ])('refuses %j', (query, rule) => {
    expect(parseDirectives(query)).toEqual({ kind: 'invalid', rule });
  });
});

describe('what a request waits for', () => {
  // Segment 10 is complete with 4 parts, segment 11 has 2.
  const edge = { last: 10, lastParts: 4, openParts: 2, partTarget: 45_000 };

  it.each([
    [{}, 'ready'],
    [{ mediaSequence: 3 }, 'ready'],
    [{ mediaSequence: 3, part: 99 }, 'ready'],
    [{ mediaSequence: 10 }, 'ready'],
    [{ mediaSequence: 10, part: 3 }, 'ready'],
    [{ mediaSequence: 11 }, 'wait'],
    [{ mediaSequence: 11, part: 1 }, 'ready'],
    [{ mediaSequence: 11, part: 2 }, 'wait'],
    [{ mediaSequence: 11, part: 7 }, 'wait'],
    [{ mediaSequence: 11, part: 8 }, 'invalid'],
    [{ mediaSequence: 12, part: 0 }, 'wait'],
    [{ mediaSequence: 13 }, 'wait'],
    [{ mediaSequence: 14 }, 'invalid'],
    [{ part: 1 }, 'invalid'],
  ])('%j -> %s', (directives, kind) => {
    expect(positionAnswer(directives, edge).kind).toBe(kind);
  });

  it('takes a part beyond the last one of its segment for the first part of the next', () => {
    expect(positionAnswer({ mediaSequence: 10, part: 4 }, edge).kind).toBe('ready');
    expect(positionAnswer({ mediaSequence: 10, part: 4 }, { ...edge, openParts: 0 }).kind).toBe('wait');
  });

  it('allows three parts ahead where parts last a second or more', () => {
    const long = { ...edge, partTarget: 90_000 };
    expect(positionAnswer({ mediaSequence: 11, part: 4 }, long).kind).toBe('wait');
    expect(positionAnswer({ mediaSequence: 11, part: 5 }, long).kind).toBe('invalid');
  });
});
