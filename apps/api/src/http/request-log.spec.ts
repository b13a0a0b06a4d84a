import { requestIdOf } from './request-log';

describe(requestIdOf, () => {
  it('keeps an id that is harmless in a log line', () => {
    expect(requestIdOf('01J-abc.DEF:7')).toBe('01J-abc.DEF:7');
  });

  it.each([[undefined], [''], ['a b'], ['a\r\nb'], ['x'.repeat(101)], [['a', 'b']]])('makes one instead of %j', (header) => {
    expect(requestIdOf(header)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
