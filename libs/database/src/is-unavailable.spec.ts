import { isUnavailable } from './is-unavailable';

const withCode = (code: string): Error => Object.assign(new Error('failed'), { code });

describe(isUnavailable, () => {
  it.each([
    withCode('ECONNREFUSED'),
    withCode('ECONNRESET'),
    withCode('53100'),
    withCode('53300'),
    withCode('57P03'),
    withCode('08006'),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new AggregateError([withCode('ECONNREFUSED'), withCode('ETIMEDOUT')]),
  ])('says so of %s', (error) => {
    expect(isUnavailable(error)).toBe(true);
  });

  it.each([
    withCode('23505'),
    withCode('42601'),
    withCode('ENOENT'),
    new Error('failed'),
    new AggregateError([]),
    'ECONNREFUSED',
  ])('does not say so of %s', (error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});
