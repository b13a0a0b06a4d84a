import { describeIn } from '../words/describe-in';
import { causeWords } from './gap-words';
import { momentWords, recordAndFlags } from './ruler-words';

const at = Date.UTC(2026, 10, 22, 9, 5, 7);
const whole = { recorded: [{ from: at - 60_000, to: at + 60_000 }], gaps: [] };
const away = { recorded: [], gaps: [{ from: at - 6000, to: at + 6000, cause: 'camera-unreachable' }] };
const flag = (seconds: number) => ({
  id: String(seconds),
  at: at + seconds * 1000,
  number: 1,
  label: { text: 'flag', lang: 'en' },
  outcome: null,
});

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

  it('leaves out the time where that stands in figures', () => {
    expect(recordAndFlags(at, [{ name: 'Overview', record: whole }], [flag(1)])).toBe('recorded, 1 flag nearby');
  });

  it('has words for a cause it does not know', () => expect(causeWords('moon-in-the-way')).toBe('moon in the way'));
});

describeIn('ru', 'what the ruler says', () => {
  it.each([
    [Date.UTC(2026, 10, 22, 1, 2, 5), 1, '1 час 2 минуты 5 секунд, записей нет, рядом 1 сообщение'],
    [Date.UTC(2026, 10, 22, 2, 21, 33), 3, '2 часа 21 минута 33 секунды, записей нет, рядом 3 сообщения'],
    [Date.UTC(2026, 10, 22, 11, 0, 11), 5, '11 часов 0 минут 11 секунд, записей нет, рядом 5 сообщений'],
  ])('has the right forms of its numbers', (moment, flags, words) => {
    const markers = Array.from({ length: flags }, (_, index) => ({ ...flag(index), at: moment }));
    expect(momentWords(moment, 'UTC', [{ name: 'Зал', record: { recorded: [], gaps: [] } }], markers)).toBe(words);
  });

  it('tells cameras apart, and says why there is no recording', () => {
    const cameras = [
      { name: 'Зал', record: whole },
      { name: 'Урна', record: away },
    ];
    expect(recordAndFlags(at, cameras, [])).toBe('Зал: записано, Урна: записи нет, сигнал потерян');
  });
});

describeIn('uz-Latn', 'what the ruler says', () => {
  it('says it in Uzbek', () => {
    expect(momentWords(at, 'UTC', [{ name: 'Zal', record: away }], [flag(1)])).toBe(
      '9 soat 5 daqiqa 7 soniya, yozuv yoʻq, signal yoʻqolgan, yaqinida 1 ta xabar',
    );
  });
});
