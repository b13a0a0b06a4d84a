import type { Incident, Page } from '@app/contracts';
import { placeInQueue } from './place-in-queue';
import type { CaseFilter } from './queries';

const incident = (number: number, part: Partial<Incident> = {}): Incident =>
  ({
    id: `i${number}`,
    number,
    version: 1,
    state: 'submitted',
    code: 'VOT-01',
    severity: 'S2',
    station: { code: '0412', name: '', timezone: 'UTC' },
    holder: null,
    ...part,
  }) as Incident;
const pages = (...numbers: number[]): Page<Incident>[] => [
  { items: numbers.map((number) => incident(number)), nextCursor: null, total: numbers.length },
];
const holder = (id: string) => ({ id, name: id, until: '2026-11-22T09:00:00.000Z', handed: null });
const place = (changed: Incident, filter: CaseFilter) => {
  const { pages: placed, isToAsk } = placeInQueue(pages(3, 1, 2), changed, filter, 'me');
  return { numbers: placed.flatMap(({ items }) => items.map(({ number }) => number)), total: placed[0]?.total, isToAsk, placed };
};
const TRIAGE: CaseFilter = { state: ['submitted', 'triaging'], sort: 'clock' };

describe('a case of the queue that was changed', () => {
  it('is replaced where it stands, and nothing is asked', () => {
    const { numbers, total, isToAsk, placed } = place(
      incident(1, { version: 2, state: 'triaging', holder: holder('me') }),
      TRIAGE,
    );
    expect({ numbers, total, isToAsk }).toEqual({ numbers: [3, 1, 2], total: 3, isToAsk: false });
    expect(placed[0]?.items[1]).toMatchObject({ state: 'triaging', holder: { id: 'me' } });
  });

  it.each<[string, Partial<Incident>, CaseFilter]>([
    ['state', { state: 'in_review' }, TRIAGE],
    ['holder', { holder: holder('other') }, { claimed: 'none' }],
    ['category', { code: 'CNT-01' }, { code: 'VOT-01' }],
    ['severity', { severity: 'S1' }, { severity: 'S2' }],
  ])('is taken out when its %s is no longer that of the filter', (_, part, filter) => {
    const { numbers, total, isToAsk } = place(incident(1, { version: 2, ...part }), filter);
    expect({ numbers, total, isToAsk }).toEqual({ numbers: [3, 2], total: 2, isToAsk: false });
  });

  it('stays with who holds it', () => {
    expect(place(incident(1, { holder: holder('me') }), { claimed: 'me' }).numbers).toEqual([3, 1, 2]);
    expect(place(incident(1, { holder: holder('other') }), { claimed: 'me' }).numbers).toEqual([3, 2]);
    expect(place(incident(1, { holder: null }), { claimed: 'any' }).numbers).toEqual([3, 2]);
  });

  it('is not replaced by an older version of itself', () => {
    const before = pages(1).map((page) => ({ ...page, items: [incident(1, { version: 3, note: 'new' })] }));
    expect(placeInQueue(before, incident(1, { version: 2, note: 'old' }), TRIAGE, 'me').pages).toEqual(before);
  });

  it('has its place from the server when its severity is another', () => {
    expect(place(incident(1, { version: 2, severity: 'S1' }), TRIAGE).isToAsk).toBe(true);
  });
});

describe('a case that the queue does not show', () => {
  it('has its place from the server when it may belong there', () => {
    expect(place(incident(4), TRIAGE)).toMatchObject({ numbers: [3, 1, 2], total: 3, isToAsk: true });
  });

  it('is nothing to the queue when it cannot belong there', () => {
    expect(place(incident(4, { state: 'decided' }), TRIAGE).isToAsk).toBe(false);
    expect(place(incident(4), { ...TRIAGE, station: '0001' }).isToAsk).toBe(false);
  });
});
