import { causeWords } from './gap-words';
import { momentWords } from './ruler-words';

const at = Date.UTC(2026, 10, 22, 9, 5, 7);
const whole = { recorded: [{ from: at - 60_000, to: at + 60_000 }], gaps: [] };
const away = { recorded: [], gaps: [{ from: at - 6000, to: at + 6000, cause: 'camera-unreachable' }] };
const flag = (seconds: number) => ({ id: String(seconds), at: at + seconds * 1000, label: 'flag' });

describe('what the ruler says', () => {
  it('is the time of the station, what is on record, and the flags near it', () => {
    const cameras = [
      { name: 'Overview', record: whole },
      { name: 'Ballot box', record: whole },
    ];
    expect(momentWords(at, 'Asia/Tashkent', cameras, [flag(20), flag(-50), flag(100)])).toBe(
      '14 hours 5 minutes 7 seconds, recorded, 2 flags nearby',
    );
  });

  it('tells cameras apart where they differ', () => {
    const cameras = [
      { name: 'Overview', record: whole },
      { name: 'Ballot box', record: away },
    ];
    expect(momentWords(at, 'UTC', cameras, [])).toBe(
      '9 hours 5 minutes 7 seconds, Overview recorded, Ballot box no recording, signal lost',
    );
  });

  it('says one as one, and nothing where nothing is', () => {
    expect(momentWords(Date.UTC(2026, 10, 22, 1, 1, 1), 'UTC', [{ name: 'A', record: whole }], [])).toBe(
      '1 hour 1 minute 1 second, nothing on record',
    );
  });

  it('has words for a cause it does not know', () => expect(causeWords('moon-in-the-way')).toBe('moon in the way'));
});
