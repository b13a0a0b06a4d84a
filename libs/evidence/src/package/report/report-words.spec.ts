import { REPORT_WORDS } from './words';

describe('the words of the report', () => {
  it('say the same things in every language', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
        : Array.isArray(value)
          ? value.length
          : typeof value;
    expect(shape(REPORT_WORDS.ru)).toEqual(shape(REPORT_WORDS.en));
  });
});
