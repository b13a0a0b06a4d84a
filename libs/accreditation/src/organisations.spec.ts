import { nameKey } from './organisations';

describe(nameKey, () => {
  it.each(['Golos', ' GOLOS ', 'golos', 'Ｇolos'])('takes %j for the same organisation', (name) =>
    expect(nameKey(name)).toBe('golos'),
  );

  it('reads any run of spaces as one, and Cyrillic letters without their case', () => {
    expect(nameKey('Общество  «НАБЛЮДАТЕЛЬ»')).toBe(nameKey('общество «Наблюдатель»'));
  });

  it('keeps others apart', () => {
    expect(nameKey('Golos')).not.toBe(nameKey('Golos 2'));
  });
});
