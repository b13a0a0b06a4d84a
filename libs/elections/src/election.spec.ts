import { BEFORE_OPENING_LEAD_MS, isBroadcasting, phaseOf } from './election';
import { sumUp } from './elections.service';

const times = {
  opensAt: new Date('2026-11-22T07:00:00Z'),
  closesAt: new Date('2026-11-22T20:00:00Z'),
  countEndsAt: new Date('2026-11-23T02:00:00Z'),
};

describe('the day of an election', () => {
  it.each([
    ['2026-11-22T06:44:59.999Z', 'before-opening', false],
    ['2026-11-22T06:45:00.000Z', 'before-opening', true],
    ['2026-11-22T07:00:00.000Z', 'voting', true],
    ['2026-11-22T20:00:00.000Z', 'counting', true],
    ['2026-11-23T01:59:59.999Z', 'counting', true],
    ['2026-11-23T02:00:00.000Z', 'closed', false],
  ])('at %s is %s, on air: %s', (now, phase, onAir) => {
    expect(BEFORE_OPENING_LEAD_MS).toBe(15 * 60_000);
    expect([phaseOf(times, new Date(now)), isBroadcasting(times, new Date(now))]).toEqual([phase, onAir]);
  });
});

describe(sumUp, () => {
  it('adds what is below to every region above', () => {
    const region = (id: string, parentId: string | null, live: number) => ({
      id,
      parentId,
      name: id,
      stations: 1,
      live,
      total: 2,
    });
    const summed = sumUp([region('district', 'region', 1), region('country', null, 0), region('region', 'country', 2)]);
    expect(summed.map(({ id, stations, live, total }) => [id, stations, live, total])).toEqual([
      ['district', 1, 1, 2],
      ['country', 3, 3, 6],
      ['region', 2, 3, 4],
    ]);
  });
});
