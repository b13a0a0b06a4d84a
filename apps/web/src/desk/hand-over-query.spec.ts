import { handingOf, newlyHanded } from './hand-over-query';

const held = (id: string, at: string | null) => ({
  id,
  holder: { id: 'me', name: 'Me', until: '', handed: at === null ? null : { by: 'Anna', at, reason: null } },
});

describe('cases that were handed over', () => {
  it('are those that another gave, each handing once', () => {
    const cases = [held('a', '14:05'), held('b', null), held('c', '14:06'), { id: 'd', holder: null }];
    expect(newlyHanded(cases, new Set(['c 14:06'])).map(({ id }) => id)).toEqual(['a']);
    expect(handingOf(held('a', '14:05'))).toBe('a 14:05');
  });

  it('are new again when they come a second time', () => {
    expect(newlyHanded([held('a', '14:30')], new Set(['a 14:05']))).toHaveLength(1);
  });
});
