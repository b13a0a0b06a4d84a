import type { Incident, Page } from '@app/contracts';
import { placeIncident } from './place-incident';

const incident = (number: number, part: Partial<Incident> = {}): Incident =>
  ({
    id: `i${number}`,
    number,
    version: 1,
    severity: 'S2',
    station: { code: '0412', name: '', timezone: 'UTC' },
    note: null,
    ...part,
  }) as Incident;
const pages = (...numbers: number[]): Page<Incident>[] => [
  { items: numbers.map((number) => incident(number)), nextCursor: null, total: numbers.length },
];
const numbers = (result: Page<Incident>[]) => result.flatMap(({ items }) => items.map(({ number }) => number));

describe('a flag that comes by event', () => {
  it('stands on top of the list and is counted', () => {
    const result = placeIncident(pages(5, 4), incident(6), {});
    expect(numbers(result)).toEqual([6, 5, 4]);
    expect(result[0]?.total).toBe(3);
  });

  it('is the first of an empty list', () => expect(numbers(placeIncident(pages(), incident(1), {}))).toEqual([1]));

  it('that came late stands at its place, newest first', () => {
    expect(numbers(placeIncident(pages(7, 5), incident(6), {}))).toEqual([7, 6, 5]);
  });

  it('that is known is replaced and does not move', () => {
    const result = placeIncident(pages(6, 5, 4), incident(5, { version: 2, note: 'two ballots' }), {});
    expect(numbers(result)).toEqual([6, 5, 4]);
    expect(result[0]?.items[1]?.note).toBe('two ballots');
    expect(result[0]?.total).toBe(3);
  });

  it('is not replaced by an older version of itself', () => {
    const [page] = placeIncident(pages(5), incident(5, { version: 3, note: 'new' }), {});
    expect(placeIncident(page ? [page] : [], incident(5, { version: 2, note: 'old' }), {})[0]?.items[0]?.note).toBe('new');
  });

  it('that does not fit the filter stays out', () => {
    expect(numbers(placeIncident(pages(5), incident(6), { severity: 'S1' }))).toEqual([5]);
    expect(numbers(placeIncident(pages(5), incident(6), { station: '0007' }))).toEqual([5]);
    expect(numbers(placeIncident(pages(5), incident(6), { station: '0412', severity: 'S2' }))).toEqual([6, 5]);
  });
});
