import type { Incident } from '@app/contracts';
import { QueryClient } from '@tanstack/react-query';
import { putIncident } from './put-incident';

const incident = (number: number, part: Partial<Incident> = {}): Incident =>
  ({
    id: `i${number}`,
    number,
    version: 1,
    state: 'submitted',
    severity: 'S2',
    station: { code: '0412', name: '', timezone: 'UTC' },
    holder: null,
    ...part,
  }) as Incident;
const list = (...numbers: number[]) => ({
  pages: [{ items: numbers.map((number) => incident(number)), nextCursor: null, total: numbers.length }],
  pageParams: [undefined],
});
const TRIAGE = { state: ['submitted', 'triaging'], sort: 'clock' };

describe('an incident that was changed', () => {
  let client: QueryClient;
  beforeEach(() => (client = new QueryClient()));
  afterEach(() => client.clear());

  it('is changed in its row of the queue, and the queue is not asked for again', () => {
    client.setQueryData(['queue', TRIAGE], list(2, 1));
    putIncident(client, incident(1, { version: 2, state: 'triaging' }));
    const { data, isInvalidated } = client.getQueryState<ReturnType<typeof list>>(['queue', TRIAGE]) ?? {};
    expect(data?.pages[0]?.items.map(({ number, state }) => [number, state])).toEqual([
      [2, 'submitted'],
      [1, 'triaging'],
    ]);
    expect(isInvalidated).toBe(false);
  });

  it('leaves the queue of the work it no longer is', () => {
    client.setQueryData(['queue', TRIAGE], list(2, 1));
    putIncident(client, incident(1, { version: 2, state: 'in_review' }));
    expect(client.getQueryData<ReturnType<typeof list>>(['queue', TRIAGE])?.pages[0]).toMatchObject({
      items: [{ number: 2 }],
      total: 1,
    });
  });

  it('stands in the list of flags although the flags of a station are known as well', () => {
    client.setQueryData(['flags', 'of-station', '0412'], { items: [], nextCursor: null, total: 0 });
    client.setQueryData(['flags', {}], list(1));
    putIncident(client, incident(2));
    expect(client.getQueryData<ReturnType<typeof list>>(['flags', {}])?.pages[0]?.items.map(({ number }) => number)).toEqual([
      2, 1,
    ]);
  });
});
