import type { RecordingRow, SegmentRow } from './recording-rows';
import { RowUnfit, writeOrSplit } from './refused-rows';
import { GAP } from './stream-rows';

const row = (mediaSequence: number): SegmentRow => ({
  ...{ kind: 'segment', cameraId: 'camera', generation: 1, mediaSequence, discontinuitySequence: 0, startsAt: new Date(0) },
  ...{ durationTicks: 1, independent: false, ...GAP, gapCause: 'silent' },
});
const numbers = (rows: readonly RecordingRow[]): number[] =>
  rows.flatMap((each) => (each.kind === 'segment' ? each.mediaSequence : []));

describe(writeOrSplit, () => {
  const refusing = async (bad: number, error: Error) => {
    const [written, refused]: [number[], number[]] = [[], []];
    await writeOrSplit(
      (rows) => {
        if (numbers(rows).includes(bad)) return Promise.reject(error);
        written.push(...numbers(rows));
        return Promise.resolve();
      },
      [0, 1, 2, 3, 4].map(row),
      (left) => refused.push(...numbers([left])),
    );
    return { written, refused };
  };

  it.each([
    ['the index has no form for', new RowUnfit('not a chunk file')],
    ['the database refuses', Object.assign(new Error('out of range'), { code: '22003' })],
  ])('leaves out the one row that %s', async (_, error) => {
    expect(await refusing(3, error)).toEqual({ written: [0, 1, 2, 4], refused: [3] });
  });

  it('tells a failure that is not of a row', async () => {
    await expect(refusing(3, new Error('away'))).rejects.toThrow('away');
  });
});
