import { countWords, decidedByWords } from './record-words';

describe('the words of the public record', () => {
  it.each([
    [0, 0, '0 decisions'],
    [1, 0, '1 decision'],
    [12, 1, '12 decisions; 1 more is withheld for what the footage shows or where the report came from'],
    [1, 2, '1 decision; 2 more are withheld for what the footage shows or where the report came from'],
  ])('count %d shown and %d withheld', (total, quarantined, words) => {
    expect(countWords(total, quarantined)).toBe(words);
  });

  it('say who decided, and that somebody dissented', () => {
    expect(decidedByWords({ decidedBy: 'two', dissent: [] })).toContain('two reviewers');
    expect(decidedByWords({ decidedBy: 'panel', dissent: [] })).toBe('decided by a panel');
    expect(decidedByWords({ decidedBy: 'panel', dissent: [{ outcome: 'confirmed', reason: 'x' }] })).toContain('with dissent');
  });
});
