import type { Region } from '@app/contracts';
import { countsOf, regionTree } from './region-order';

const region = (id: string, parentId: string | null, live = 0, total = 0): Region => ({
  id,
  parentId,
  name: id,
  stations: 1,
  live,
  total,
});

describe('the tree of regions', () => {
  it('puts children under their parents in the order given', () => {
    const [north, south] = regionTree([region('north', null), region('b', 'north'), region('south', null), region('a', 'north')]);
    expect(north?.children.map(({ region: { id } }) => id)).toEqual(['b', 'a']);
    expect(south?.children).toEqual([]);
  });

  it('loses no region whose parent is missing', () => {
    expect(regionTree([region('a', 'gone')]).map(({ region: { id } }) => id)).toEqual(['a']);
  });

  it('counts each camera once', () => {
    const tree = regionTree([region('north', null, 3, 4), region('b', 'north', 3, 4), region('south', null, 1, 2)]);
    expect(countsOf(tree)).toEqual({ live: 4, total: 6, stations: 2 });
  });
});
