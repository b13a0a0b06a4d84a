import { covers, EVERYWHERE, narrower, type Place, type Scope } from './scope';

const all: Scope = { kind: 'all' };
const election: Scope = { kind: 'election', electionId: 'e1' };
const region: Scope = { kind: 'region', electionId: 'e1', regionId: 'north', regionIds: ['north', 'north-1'] };
const below: Scope = { kind: 'region', electionId: 'e1', regionId: 'north-1', regionIds: ['north-1'] };
const station: Scope = { kind: 'station', electionId: 'e1', regionId: 'north-1', stationId: 's1' };
const at = (electionId: string, regionId?: string, stationId?: string) => ({
  electionId,
  ...(regionId && { regionId }),
  ...(stationId && { stationId }),
});

describe(covers, () => {
  it.each<[string, Place, Scope[]]>([
    ['everywhere', EVERYWHERE, [all]],
    ['the election', at('e1'), [all, election]],
    ['another election', at('e2'), [all]],
    ['the region', at('e1', 'north'), [all, election, region]],
    ['a region below', at('e1', 'north-1'), [all, election, region, below]],
    ['another region', at('e1', 'south'), [all, election]],
    ['the station', at('e1', 'north-1', 's1'), [all, election, region, below, station]],
    ['another station of the region', at('e1', 'north-1', 's2'), [all, election, region, below]],
    ['a region of the same id in another election', at('e2', 'north'), [all]],
    ['a station whose region is not told', { electionId: 'e1', stationId: 's1' }, [all, election, station]],
  ])('%s', (_name, place, by) => {
    const covering = [all, election, region, below, station].filter((scope) => covers(scope, place));
    expect(covering).toEqual(by);
  });
});

describe(narrower, () => {
  it('is the inner of two scopes that lie in each other, whichever comes first', () => {
    const inOrder = [all, election, region, below, station];
    for (const [outer, one] of inOrder.entries())
      for (const other of inOrder.slice(outer)) {
        expect(narrower(one, other)).toEqual(other);
        expect(narrower(other, one)).toEqual(other);
      }
  });

  it('is nothing for scopes beside each other', () => {
    const south: Scope = { kind: 'region', electionId: 'e1', regionId: 'south', regionIds: ['south'] };
    expect(narrower(south, region)).toBeUndefined();
    expect(narrower(south, station)).toBeUndefined();
    expect(narrower({ kind: 'election', electionId: 'e2' }, region)).toBeUndefined();
  });
});
