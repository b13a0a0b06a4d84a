import { approvalOf, firstApproval } from './approval';

const NOW = Date.parse('2026-11-22T12:00:30Z');
const application = { organisation: 'Watch', wishedRegions: [{ id: 'a', path: 'North' }] };

describe(firstApproval, () => {
  it('offers what was asked for, until the count ends', () => {
    expect(firstApproval(application, { countEndsAt: '2026-11-25T20:00:00.000Z' }, NOW)).toMatchObject({
      organisation: 'Watch',
      where: 'regions',
      regions: ['a'],
      from: '2026-11-22T12:00',
      to: '2026-11-25T20:00',
    });
  });

  it('offers the whole election to whoever wished nothing, and never an end in the past', () => {
    const offer = firstApproval({ ...application, wishedRegions: [] }, { countEndsAt: '2026-11-20T20:00:00.000Z' }, NOW);
    expect([offer.where, offer.to]).toEqual(['election', '2026-11-23T12:00']);
  });
});

describe(approvalOf, () => {
  const approval = firstApproval(application, undefined, NOW);

  it('names the scope that was chosen, and no other', () => {
    expect(approvalOf(approval).scope).toEqual({ kind: 'regions', regions: ['a'] });
    expect(approvalOf({ ...approval, where: 'stations', stations: ' 0101, 0102;0103 ' }).scope).toEqual({
      kind: 'stations',
      stations: ['0101', '0102', '0103'],
    });
    expect(approvalOf({ ...approval, where: 'election' }).scope).toEqual({ kind: 'election' });
  });

  it('writes instants, and leaves empty what is empty', () => {
    expect(approvalOf(approval).validFrom).toBe('2026-11-22T12:00:00.000Z');
    expect(approvalOf({ ...approval, to: '' }).validTo).toBe('');
  });
});
