import { clockWords } from './case-words';

const now = Date.parse('2026-11-22T12:00:00Z');

describe(clockWords, () => {
  it('says how much is left', () => {
    expect(clockWords({ kind: 'claim', due: '2026-11-22T12:04:30.000Z', paused: false }, now)).toEqual({
      text: '4 min 30 s left to claim',
      isOver: false,
    });
  });

  it('says how much it is over', () => {
    expect(clockWords({ kind: 'decision', due: '2026-11-22T11:59:15.000Z', paused: false }, now)).toEqual({
      text: '45 s over to decide',
      isOver: true,
    });
  });

  it('is never over while it stands still', () => {
    expect(clockWords({ kind: 'decision', due: '2026-11-22T11:00:00.000Z', paused: true }, now)).toEqual({
      text: 'clock stopped (to decide)',
      isOver: false,
    });
  });
});
