import { camerasIn, textOf, wallViewOf, withCamera } from './wall-view';

describe('the cameras of a wall', () => {
  it('are named by station and place, whatever is in a code', () => {
    expect(camerasIn('0412.1,NOR-17/3.2,A.B.3')).toEqual([
      { code: '0412', position: 1 },
      { code: 'NOR-17/3', position: 2 },
      { code: 'A.B', position: 3 },
    ]);
    expect(textOf(camerasIn('0412.1,A.B.3'))).toBe('0412.1,A.B.3');
  });

  it('are each there once, nine at most, without what is none', () => {
    expect(camerasIn('1.1,1.1,x,2.0,.1,3.1')).toEqual([
      { code: '1', position: 1 },
      { code: '3', position: 1 },
    ]);
    expect(camerasIn(Array.from({ length: 20 }, (_, index) => `${index}.1`).join(','))).toHaveLength(9);
    expect(camerasIn(undefined)).toEqual([]);
  });

  it('get one more, or another in place of the chosen one when the wall is full', () => {
    const four = camerasIn('1.1,2.1,3.1,4.1');
    const added = { code: '5', position: 1 };
    expect(textOf(withCamera(four.slice(0, 2), added, { chosen: 0, size: 4 }))).toBe('1.1,2.1,5.1');
    expect(textOf(withCamera(four, added, { chosen: 2, size: 4 }))).toBe('1.1,2.1,5.1,4.1');
    expect(textOf(withCamera(four, added, { chosen: 8, size: 4 }))).toBe('1.1,2.1,3.1,5.1');
    expect(textOf(withCamera(four, { code: '2', position: 1 }, { chosen: 0, size: 9 }))).toBe('1.1,2.1,3.1,4.1');
  });
});

describe('the address of a wall', () => {
  it('says what is shown, and nothing that is not understood', () => {
    expect(wallViewOf({ cams: '1.1', region: 'r', set: 3, size: '9', stills: 'on', other: 1 })).toEqual({
      cams: '1.1',
      size: 9,
      stills: 'on',
    });
    expect(wallViewOf({ region: 'r', set: '2', size: 5, stills: 'maybe' })).toEqual({ region: 'r', set: 2 });
    expect(wallViewOf({ cams: 'nothing', set: -1 })).toEqual({});
  });
});
