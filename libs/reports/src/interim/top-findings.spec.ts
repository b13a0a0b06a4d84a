import type { ReportTotals } from '@app/contracts';
import { buildCoverage } from './coverage';
import { buildDeviceTotals } from './device-totals';
import { topFindings } from './top-findings';

const cell = (concerns: number | null, answered: number) =>
  ({ stations: answered, answered, notObserved: 0, values: [], median: null, sum: null, concerns }) as const;
const form = (cells: Record<string, ReturnType<typeof cell> | null>): ReportTotals => ({
  form: 'voting',
  audience: 'outside',
  minStations: 5,
  observations: 9,
  stations: 9,
  regions: [],
  sections: [],
  questions: Object.entries(cells).map(([code, total]) => ({
    code,
    section: 's',
    label: code,
    lang: 'en',
    type: 'yes-no',
    options: [],
    total: total && { ...total, values: [] },
    regions: [],
  })),
});

describe(topFindings, () => {
  it('sorts by the share of bad answers, and leaves out what is hidden, fine or a mere fact', () => {
    const found = topFindings(
      [form({ a: cell(2, 10), b: cell(5, 10), c: cell(0, 10), d: cell(null, 10), e: null, f: cell(1, 5) })],
      () => null,
    );
    expect(found.map(({ code }) => code)).toEqual(['b', 'a', 'f']);
  });
});

describe(buildCoverage, () => {
  const groups = [
    { id: 'n', name: 'North' },
    { id: 's', name: 'South' },
  ];
  const rows = [
    { group_id: 'n', stations: 40, visited: 3 },
    { group_id: 's', stations: 60, visited: 20 },
  ];
  it('does not tell people outside how few were visited, nor lets them calculate it', () => {
    expect(buildCoverage('outside', groups, rows)).toMatchObject({
      stations: 100,
      visited: 23,
      regions: [{ visited: null }, { visited: null }],
    });
    expect(buildCoverage('mission', groups, rows).regions.map(({ visited }) => visited)).toEqual([3, 20]);
  });
});

describe(buildDeviceTotals, () => {
  const checks = [{ kind: 'zero-tape', stations: 4, checks: 6, clean: 5 }] as const;
  const findings = [{ kind: 'zero-tape', code: 'seal-differs', checks: 1 }] as const;
  it('hides checks of few stations from people outside, and shows none as none', () => {
    expect(buildDeviceTotals('outside', { checks, findings })).toEqual([
      { kind: 'zero-tape', total: null },
      { kind: 'result-tape', total: { stations: 0, checks: 0, clean: 0, findings: [] } },
    ]);
    expect(buildDeviceTotals('mission', { checks, findings })[0]?.total?.findings).toEqual([{ code: 'seal-differs', checks: 1 }]);
  });
});
