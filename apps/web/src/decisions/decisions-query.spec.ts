import { decisionsFilterOf } from './decisions-query';

describe('the filter in the address of the decisions log', () => {
  it('keeps what it understands and leaves out the rest', () => {
    const region = '2f1d8f9e-0b1c-4f5b-9f43-0d6a6f9c1a11';
    expect(
      decisionsFilterOf({ outcome: 'confirmed', code: 'VOT-01', region, decider: ' Anna ', overdue: 1, sampled: '0' }),
    ).toEqual({
      outcome: 'confirmed',
      code: 'VOT-01',
      region,
      decider: 'Anna',
      overdue: '1',
      sampled: '0',
    });
    expect(decisionsFilterOf({ outcome: 'guilty', region: 'north', overdue: 'yes', decider: ' ', more: 1 })).toEqual({});
  });
});
