import { type PackedRows, unpackRows } from './packed-rows';

const rows = (other: Partial<PackedRows>): PackedRows => ({
  run_id: 'a',
  independent: true,
  discontinuity_sequence: 7,
  media_sequences: '{12}',
  starts: '{1795338000.123}',
  durations: '{180000}',
  ...other,
});

describe(unpackRows, () => {
  it('gives back each row', () => {
    const packed = rows({ media_sequences: '{12,13}', starts: '{1795338000,1795338002.004}', durations: '{180000,90045}' });
    expect(unpackRows([packed])).toEqual([
      { ...{ mediaSequence: 12, startsAt: 1_795_338_000_000, durationMs: 2_000 }, ...of('a') },
      { ...{ mediaSequence: 13, startsAt: 1_795_338_002_004, durationMs: 1_000.5 }, ...of('a') },
    ]);
  });

  it('puts rows of many runs in the order of media sequence', () => {
    const packed = [
      rows({ media_sequences: '{15,12}', starts: '{6,0.5}', durations: '{1,2}' }),
      rows({ run_id: null, independent: false, media_sequences: '{13}' }),
      rows({ run_id: 'b', media_sequences: '{14}' }),
    ];
    expect(unpackRows(packed).map(({ mediaSequence, runId }) => [mediaSequence, runId])).toEqual([
      [12, 'a'],
      [13, null],
      [14, 'b'],
      [15, 'a'],
    ]);
    expect(unpackRows(packed)[0]).toMatchObject({ startsAt: 500, durationMs: 2 / 90 });
  });

  it('gives nothing of nothing', () => {
    expect(unpackRows([])).toEqual([]);
  });
});

const of = (runId: string) => ({ discontinuitySequence: 7, runId, independent: true });
