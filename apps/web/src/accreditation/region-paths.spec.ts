import { pathsOf } from './region-paths';

describe(pathsOf, () => {
  it('names each region from the outermost down', () => {
    const regions = [
      { id: 'c', parentId: 'b', name: 'Centre' },
      { id: 'a', parentId: null, name: 'North' },
      { id: 'b', parentId: 'a', name: 'Upper' },
    ];
    expect([...pathsOf(regions).values()]).toEqual(['North / Upper / Centre', 'North', 'North / Upper']);
  });

  it('ends where regions name each other', () => {
    const circle = [
      { id: 'a', parentId: 'b', name: 'A' },
      { id: 'b', parentId: 'a', name: 'B' },
    ];
    expect(pathsOf(circle).get('a')).toMatch(/A$/);
  });
});
