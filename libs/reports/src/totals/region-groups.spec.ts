import { regionGroups } from './region-groups';

const node = (id: string, parentId: string | null) => ({ id, name: id.toUpperCase(), parentId });
const groups = (...nodes: ReturnType<typeof node>[]) => {
  const { groups, groupOf } = regionGroups(nodes);
  return { names: groups.map(({ id }) => id), of: Object.fromEntries(groupOf) };
};

describe(regionGroups, () => {
  it('takes the first level that has more than one region, with what is below it', () => {
    const country = [node('c', null), node('n', 'c'), node('s', 'c'), node('n1', 'n'), node('s1', 's')];
    expect(groups(...country)).toEqual({ names: ['n', 's', 'c'].sort(), of: { c: 'c', n: 'n', s: 's', n1: 'n', s1: 's' } });
  });

  it('goes down as far as there is only one, and stays where there is nothing below', () => {
    expect(groups(node('a', null), node('b', 'a'))).toEqual({ names: ['a', 'b'], of: { a: 'a', b: 'b' } });
    expect(groups(node('a', null))).toEqual({ names: ['a'], of: { a: 'a' } });
    expect(groups()).toEqual({ names: [], of: {} });
  });

  it('begins with the topmost that are there: a commission knows nothing above its own', () => {
    expect(groups(node('n', 'c'), node('n1', 'n'), node('n2', 'n')).names).toEqual(['n', 'n1', 'n2']);
  });
});
