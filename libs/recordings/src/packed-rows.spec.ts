import { type PackedRows, unpackRows } from './packed-rows';

/** As PostgreSQL sends them. */
const bytesOf = (...rows: [mediaSequence: number, startsAt: string, ticks: number][]): Buffer =>
  Buffer.concat(
    rows.map(([mediaSequence, startsAt, ticks]) => {
      const row = Buffer.alloc(24);
      row.writeBigInt64BE(BigInt(mediaSequence), 0);
      row.writeBigInt64BE(BigInt(Date.parse(startsAt) - Date.parse('2000-01-01T00:00:00Z')) * 1000n, 8);
      row.writeBigInt64BE(BigInt(ticks), 16);
      return row;
    }),
  );
const packed = (rows: Buffer, runId: string | null = 'a'): PackedRows => ({
  run_id: runId,
  independent: true,
  discontinuity_sequence: 7,
  rows,
});

describe(unpackRows, () => {
  it('gives back each row', () => {
    const rows = bytesOf([12, '2026-11-22T09:00:00.123Z', 180_000], [13, '1999-12-31T23:59:59.999Z', 90_045]);
    const ofRun = { discontinuitySequence: 7, runId: 'a', independent: true };
    expect(unpackRows([packed(rows)])).toEqual([
      { mediaSequence: 12, startsAt: Date.parse('2026-11-22T09:00:00.123Z'), durationMs: 2_000, ...ofRun },
      { mediaSequence: 13, startsAt: Date.parse('1999-12-31T23:59:59.999Z'), durationMs: 1_000.5, ...ofRun },
    ]);
  });

  it('knows sequences beyond 32 bits', () => {
    expect(unpackRows([packed(bytesOf([5_000_000_000, '2026-11-22T09:00:00Z', 1]))])[0]?.mediaSequence).toBe(5_000_000_000);
  });

  it('puts rows of many runs in the order of media sequence', () => {
    const time = '2026-11-22T09:00:00Z';
    const rows = [
      packed(bytesOf([15, time, 1], [12, time, 1])),
      packed(bytesOf([13, time, 1]), null),
      packed(bytesOf([14, time, 1]), 'b'),
    ];
    expect(unpackRows(rows).map(({ mediaSequence, runId }) => [mediaSequence, runId])).toEqual([
      [12, 'a'],
      [13, null],
      [14, 'b'],
      [15, 'a'],
    ]);
  });

  it('gives nothing of nothing', () => {
    expect(unpackRows([])).toEqual([]);
  });
});
