import { GROUP_LABELS, TAXONOMY, UNNAMED_CODE } from './taxonomy';

describe('the taxonomy', () => {
  it('has 27 codes and Other, each once', () => {
    expect(TAXONOMY).toHaveLength(28);
    expect(new Set(TAXONOMY.map((entry) => entry.code)).size).toBe(28);
    expect(TAXONOMY.at(-1)?.code).toBe(UNNAMED_CODE);
  });

  it('puts every code into a group that has a name', () => {
    const groups = new Set(TAXONOMY.map((entry) => entry.group));
    expect([...groups]).toEqual(Object.keys(GROUP_LABELS));
  });

  it('gives each digit from 1 to 9 to exactly one code', () => {
    const digits = TAXONOMY.flatMap((entry) => entry.digit ?? []);
    expect(digits.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
