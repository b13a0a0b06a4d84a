import { describeIn } from '../words/describe-in';
import { countWords, decidedByWords, factsOf, outcomeOptions } from './record-words';

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

it('counts who reported only where they are several, and says what is open again', () => {
  expect(factsOf({ corroboration: 1, reopened: false })).toBe('plain');
  expect(factsOf({ corroboration: 2, reopened: false })).toBe('reported');
  expect(factsOf({ corroboration: 1, reopened: true })).toBe('reopened');
  expect(factsOf({ corroboration: 2, reopened: true })).toBe('reportedAndReopened');
});

describeIn('ru', 'the words of the public record', () => {
  it.each([
    [1, 0, '1 решение'],
    [22, 0, '22 решения'],
    [12, 1, '12 решений; ещё 1 не публикуется из-за содержания записи или источника сообщения'],
  ])('count %d shown and %d withheld', (total, quarantined, words) => {
    expect(countWords(total, quarantined)).toBe(words);
  });

  it('say who decided, and what', () => {
    expect(decidedByWords({ decidedBy: 'panel', dissent: [{ outcome: 'confirmed', reason: 'x' }] })).toBe(
      'решение приняла коллегия, есть особое мнение',
    );
    expect(outcomeOptions()[0]).toEqual(['confirmed', 'Подтверждено']);
  });
});

describeIn('uz-Latn', 'the words of the public record', () => {
  it('count, and say who decided', () => {
    expect(countWords(1, 0)).toBe('1 ta qaror');
    expect(decidedByWords({ decidedBy: 'one', dissent: [] })).toBe('bitta ekspert qaror qilgan');
  });
});
