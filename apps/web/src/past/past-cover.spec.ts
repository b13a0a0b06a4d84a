import { describeIn } from '../words/describe-in';
import { pastCover } from './past-cover';

const from = Date.UTC(2026, 10, 22, 5, 41, 6);

describe('what covers a picture of the record', () => {
  it('in a gap is its time by the station’s clock and its cause', () => {
    const gap = { from, to: from + 6000, cause: 'camera-unreachable' };
    expect(pastCover({ kind: 'gap', gap }, 'Asia/Tashkent')).toMatchObject({
      kind: 'instead',
      title: 'No recording 10:41:06–10:41:12 (signal lost)',
    });
  });
  it('is nothing where there is footage', () => expect(pastCover({ kind: 'footage', next: null }, 'UTC').kind).toBe('none'));
  it('where nothing was planned says so', () => expect(pastCover({ kind: 'nothing' }, 'UTC').kind).toBe('instead'));
});

describeIn('ru', 'what covers a picture of the record', () => {
  it('in a gap is its time, its cause, and when the picture goes on', () => {
    const gap = { from, to: from + 6000, cause: 'camera-unreachable' };
    expect(pastCover({ kind: 'gap', gap }, 'Asia/Tashkent')).toEqual({
      kind: 'instead',
      title: 'Записи нет 10:41:06–10:41:12 (сигнал потерян)',
      detail: 'Изображение продолжится в 10:41:12.',
    });
  });
});
