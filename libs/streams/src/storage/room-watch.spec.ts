import { judgeRoom, type RoomVerdict } from './room-watch';

const THRESHOLDS = { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 };
const BALLAST = 5;

/** A disk of 1,000 bytes. */
const judge = (usedBytes: number, stopped: boolean, missingBytes: number): RoomVerdict =>
  judgeRoom(
    { figures: { usedBytes, freeBytes: 1_000 - usedBytes }, stopped, ballast: { bytes: BALLAST, missingBytes } },
    THRESHOLDS,
  );

describe('whether there is room to record', () => {
  it('stops at the full level, and not before', () => {
    expect(judge(979, false, 0)).toBe('stay');
    expect(judge(980, false, 0)).toBe('stop');
  });

  it('does not take the ballast that was given up for room', () => {
    expect(judge(980 - BALLAST, true, BALLAST)).toBe('stay');
    expect(judge(980 - 2 * BALLAST, true, BALLAST)).toBe('stay');
    expect(judge(979 - 2 * BALLAST, true, BALLAST)).toBe('go-on');
  });

  it('stays stopped just below the level, also when the ballast is there', () => {
    expect(judge(979, true, 0)).toBe('stay');
    expect(judge(979 - BALLAST, true, 0)).toBe('go-on');
  });

  it('makes the ballast only where that does not fill the disk', () => {
    expect(judge(500, false, BALLAST)).toBe('make-ballast');
    expect(judge(975, false, BALLAST)).toBe('stay');
  });

  it('needs none', () => {
    const none = { bytes: 0, missingBytes: 0 };
    expect(judgeRoom({ figures: { usedBytes: 97, freeBytes: 3 }, stopped: true, ballast: none }, THRESHOLDS)).toBe('go-on');
  });
});
