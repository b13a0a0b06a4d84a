import { type Frame, type Stretch, timelineOf } from './timeline';

const HOUR = 3_600_000;
const footage = (from: number, to: number): Stretch => ({ from: from * HOUR, to: to * HOUR, cause: null });
const gap = (from: number, to: number, cause: string): Stretch => ({ from: from * HOUR, to: to * HOUR, cause });
const told = (from: number, to: number, cause: string, actorId: string | null = null) => ({ ...hours(from, to), cause, actorId });
const hours = (from: number, to: number) => ({ from: from * HOUR, to: to * HOUR });

/** The polls open at 6 and the count ends at 22; it is 24 o'clock. */
const frame = (onRecord: Frame['onRecord'], other: Partial<Frame> = {}): Frame => ({
  range: hours(0, 24),
  planned: hours(6, 22),
  nowMs: 24 * HOUR,
  onRecord,
  gaps: [],
  ...other,
});

describe(timelineOf, () => {
  it('tells footage from gaps and their causes, and cuts both to the range', () => {
    const stretches = [footage(6, 9), gap(9, 10, 'silent'), footage(10, 22)];
    expect(timelineOf(stretches, frame(hours(6, 22), { range: hours(8, 11) }))).toEqual({
      recorded: [hours(8, 9), hours(10, 11)],
      gaps: [told(9, 10, 'camera-stalled')],
    });
  });

  it('calls a hole between two rows unknown, in and out of what was planned', () => {
    const { gaps } = timelineOf([footage(3, 4), footage(7, 8), footage(9, 22)], frame(hours(3, 22)));
    expect(gaps).toEqual([told(4, 7, 'unknown'), told(8, 9, 'unknown')]);
  });

  it('tells the gaps on record, and only beyond them what the rows say', () => {
    const off = { ...hours(9, 11), cause: 'operator-disabled' as const, actorId: 'olga' };
    const open = { from: 20 * HOUR, to: null, cause: 'takeover' as const, actorId: null };
    const stretches = [footage(6, 9), gap(9, 12, 'connecting'), footage(12, 20)];
    const { gaps } = timelineOf(stretches, frame(hours(6, 20), { gaps: [off, open], nowMs: 21 * HOUR }));
    expect(gaps).toEqual([
      told(9, 11, 'operator-disabled', 'olga'),
      told(11, 12, 'camera-unreachable'),
      told(20, 21, 'takeover'),
    ]);
  });

  it('does not take the inaccuracy of a clock for a hole', () => {
    const second = { ...footage(7, 22), from: 7 * HOUR + 100 };
    expect(timelineOf([footage(6, 7), second], frame(hours(6, 22))).gaps).toEqual([]);
    const later = { ...second, from: 7 * HOUR + 101 };
    expect(timelineOf([footage(6, 7), later], frame(hours(6, 22))).gaps).toHaveLength(1);
  });

  it('names a late start and an early end of what was planned, and nothing before and after that', () => {
    expect(timelineOf([footage(8, 20)], frame(hours(8, 20))).gaps).toEqual([told(6, 8, 'not-started'), told(20, 22, 'unknown')]);
    expect(timelineOf([footage(5, 23)], frame(hours(5, 23))).gaps).toEqual([]);
  });

  it('says nothing of the future', () => {
    expect(timelineOf([], frame(undefined, { nowMs: 8 * HOUR })).gaps).toEqual([told(6, 8, 'not-started')]);
    expect(timelineOf([], frame(undefined, { nowMs: 5 * HOUR })).gaps).toEqual([]);
    const now = frame(hours(6, 8), { nowMs: 9 * HOUR });
    expect(timelineOf([footage(6, 8)], now).gaps).toEqual([told(8, 9, 'unknown')]);
  });

  it('gives the newest rows time to arrive', () => {
    const recorded = (agoMs: number) => timelineOf([footage(6, 8)], frame(hours(6, 8), { nowMs: 8 * HOUR + agoMs })).gaps;
    expect(recorded(29_999)).toEqual([]);
    expect(recorded(30_000)).toEqual([{ from: 8 * HOUR, to: 8 * HOUR + 30_000, cause: 'unknown', actorId: null }]);
  });

  it('knows a range without rows between rows for a hole', () => {
    const between = frame(hours(6, 22), { range: hours(10, 11) });
    expect(timelineOf([], between)).toEqual({ recorded: [], gaps: [told(10, 11, 'unknown')] });
  });

  it('covers what was planned with footage and gaps, without an overlap', () => {
    const { recorded, gaps } = timelineOf([footage(8, 9), gap(9, 10, 'silent'), footage(12, 20)], frame(hours(8, 20)));
    const all = [...recorded, ...gaps].sort((left, right) => left.from - right.from);
    expect([all[0]?.from, all.at(-1)?.to]).toEqual([6 * HOUR, 22 * HOUR]);
    all.slice(1).forEach((part, index) => expect(part.from).toBe(all[index]?.to));
  });
});
