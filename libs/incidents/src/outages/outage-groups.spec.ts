import { planRaises, type Ripe } from './outage-groups';

const failed = (cameraId: string, regionId: string, second: number): Ripe => ({ cameraId, regionId, fromMs: second * 1000 });
const many = (count: number, regionId: string, second: number): Ripe[] =>
  Array.from({ length: count }, (_, index) => failed(`${regionId}${index}`, regionId, second + index / 10));

describe(planRaises, () => {
  it('raises a few by themselves', () => {
    const ripe = many(9, 'north', 100);
    expect(planRaises(ripe, ripe, [], 10)).toEqual({ singles: ripe, joining: [], groups: [] });
  });

  it('raises many of one region together, those that are not to be raised yet counted', () => {
    const all = many(200, 'north', 100);
    const ripe = all.slice(0, 3);
    expect(planRaises(ripe, all, [], 10)).toEqual({ singles: [], joining: [], groups: [{ regionId: 'north', members: ripe }] });
  });

  it('does not count cameras of another region, or of long before', () => {
    const ripe = many(5, 'north', 100);
    const others = [...many(50, 'south', 100), ...many(50, 'north', 30)];
    expect(planRaises(ripe, [...ripe, ...others], [], 10).singles).toEqual(ripe);
  });

  it('lets a camera join the group that began within a minute, and no other', () => {
    const group = { incidentId: 'group', regionId: 'north', fromMs: 100_000 };
    const [near, far, south] = [failed('near', 'north', 159), failed('far', 'north', 161), failed('south', 'south', 100)];
    expect(planRaises([near, far, south], [near, far, south], [group], 10)).toEqual({
      singles: [far, south],
      joining: [{ incidentId: 'group', members: [near] }],
      groups: [],
    });
  });
});
