import { GAP_CAUSES } from '@app/contracts';
import texts from '../../locales/en/past.json';
import { describeIn } from '../words/describe-in';
import { causeSentence, lengthText, recordedText, uptimeText } from './uptime-words';

describe('the words of an uptime', () => {
  it.each([
    [1, '100 %'],
    [0.99999, '99.9 %'],
    [0.9873, '98.7 %'],
    [0.00001, '0.1 %'],
    [0, '0 %'],
    [null, 'nothing planned yet'],
  ])('%p is said as %s', (uptime, text) => expect(uptimeText({ uptime })).toBe(text));

  it('tell how much was recorded and how often it was not', () => {
    const camera = { cameraId: 'c', name: 'c', plannedSeconds: 7925, recordedSeconds: 7859.9, uptime: 0.99, gaps: [] };
    expect(recordedText(camera)).toBe('Recorded 2 h 10 min of 2 h 12 min; no gaps');
    const gap = { from: '', to: null, cause: 'unknown' as const };
    expect(recordedText({ ...camera, gaps: [gap] })).toContain('; 1 gap');
  });

  it.each([
    [0.45, '0.4 s'],
    [12.9, '12 s'],
    [185, '3 min 05 s'],
  ])('%d seconds are %s', (seconds, text) => expect(lengthText(seconds)).toBe(text));

  it('are those of the server for every cause', () => expect(texts.causeSentences).toEqual(GAP_CAUSES));

  it('name a cause they do not know', () => {
    expect(causeSentence('disk-full')).toBe('The disk of the recorder was full.');
    expect(causeSentence('moon-in-the-way')).toBe('Cause: moon in the way.');
  });
});

describeIn('ru', 'the words of an uptime', () => {
  const gap = { from: '', to: null, cause: 'unknown' as const };
  const camera = (gaps: number) => ({
    ...{ cameraId: 'c', name: 'c', plannedSeconds: 7925, recordedSeconds: 7859.9, uptime: 0.99 },
    gaps: Array.from({ length: gaps }, () => gap),
  });

  it.each([
    [0, 'Записано 2 ч 10 мин из 2 ч 12 мин; пропусков нет'],
    [1, 'Записано 2 ч 10 мин из 2 ч 12 мин; 1 пропуск'],
    [3, 'Записано 2 ч 10 мин из 2 ч 12 мин; 3 пропуска'],
    [11, 'Записано 2 ч 10 мин из 2 ч 12 мин; 11 пропусков'],
  ])('count %d gaps', (gaps, words) => expect(recordedText(camera(gaps))).toBe(words));

  it('have a comma, and name a cause they do not know', () => {
    expect(uptimeText({ uptime: 0.9873 })).toBe('98,7 %');
    expect(lengthText(0.45)).toBe('0,4 с');
    expect(causeSentence('moon-in-the-way')).toBe('Причина: moon in the way.');
  });
});

describeIn('uz-Latn', 'the words of an uptime', () => {
  it('put the whole first', () => {
    const camera = { cameraId: 'c', name: 'c', plannedSeconds: 7925, recordedSeconds: 7859.9, uptime: 0.99, gaps: [] };
    expect(recordedText(camera)).toBe('2 soat 12 daq dan 2 soat 10 daq yozilgan; uzilishlar yoʻq');
    expect(causeSentence('disk-full')).toBe('Yozib oluvchining diski toʻlgan edi.');
  });
});
