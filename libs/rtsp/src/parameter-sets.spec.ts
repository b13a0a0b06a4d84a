import { ParameterSets } from './parameter-sets';

const put = (sets: ParameterSets, hex: string) => sets.put(Buffer.from(hex, 'hex'), 0, hex.length / 2);
const SPS = '6742c01fd9014140';
const PPS = '68cb83cb20';

describe('parameter sets', () => {
  it('are described as MP4 wants them', () => {
    const sets = new ParameterSets();
    put(sets, SPS);
    expect(sets.complete).toBe(false);
    put(sets, PPS);
    expect(sets.complete).toBe(true);
    expect(sets.record().toString('hex')).toBe(`0142c01fffe10008${SPS}010005${PPS}`);
  });

  it('are known by their numbers', () => {
    const sets = new ParameterSets();
    expect(put(sets, SPS)).toBe('first');
    expect(put(sets, SPS)).toBe('same');
    expect(put(sets, '6742c01fd9014150')).toBe('changed');
    // pic_parameter_set_id 1 is 010 in ue(v).
    expect([put(sets, '6880'), put(sets, '6840'), put(sets, '6841'), put(sets, '6880')]).toEqual([
      'first',
      'first',
      'changed',
      'same',
    ]);
  });

  it('may be cut short', () => {
    expect(put(new ParameterSets(), '68')).toBe('first');
    expect(put(new ParameterSets(), '6742')).toBe('first');
  });
});
