import { lookUp, nextFootage, recordsOf } from './day-record';

const T = Date.UTC(2026, 10, 22, 9, 0, 0);
const iso = (seconds: number) => new Date(T + seconds * 1000).toISOString();
const stretch = (cameraId: string, from: number, to: number) => ({ cameraId, from: iso(from), to: iso(to) });

const records = recordsOf({
  recorded: [stretch('b', 0, 500), stretch('a', 112, 500), stretch('a', 0, 60), stretch('a', 60.05, 100)],
  gaps: [
    { ...stretch('a', 100, 112), cause: 'camera-unreachable' },
    { ...stretch('a', -60, 0), cause: 'not-started' },
  ],
});
const a = records.get('a');
if (!a) throw new Error('no record of a');

describe('the record of a camera', () => {
  it('joins stretches that touch and keeps those apart that do not', () => {
    expect(a.recorded).toEqual([
      { from: T, to: T + 100_000 },
      { from: T + 112_000, to: T + 500_000 },
    ]);
    expect(records.get('b')?.recorded).toHaveLength(1);
  });

  it('finds footage, a gap with its cause, and nothing', () => {
    expect(lookUp(a, T + 99_999).kind).toBe('recorded');
    expect(lookUp(a, T + 100_000)).toMatchObject({ kind: 'gap', gap: { cause: 'camera-unreachable', to: T + 112_000 } });
    expect(lookUp(a, T + 112_000).kind).toBe('recorded');
    expect(lookUp(a, T + 500_000)).toEqual({ kind: 'none' });
    expect(lookUp(a, T - 60_001)).toEqual({ kind: 'none' });
  });

  it('takes footage over a gap where a clock set back made some time both', () => {
    const both = { recorded: [{ from: 0, to: 10 }], gaps: [{ from: 5, to: 20, cause: 'clock-step' }] };
    expect(lookUp(both, 7).kind).toBe('recorded');
    expect(lookUp(both, 12).kind).toBe('gap');
  });

  it('knows where footage begins again', () => {
    expect(nextFootage(a, T - 30_000)).toBe(T);
    expect(nextFootage(a, T + 105_000)).toBe(T + 112_000);
    expect(nextFootage(a, T + 112_000)).toBeNull();
  });

  it('does not join gaps of different causes', () => {
    const gaps = [
      { ...stretch('c', 0, 10), cause: 'camera-unreachable' as const },
      { ...stretch('c', 10, 20), cause: 'recorder-restart' as const },
    ];
    expect(recordsOf({ recorded: [], gaps }).get('c')?.gaps).toHaveLength(2);
  });
});
