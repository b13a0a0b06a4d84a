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

  it('name a cause they do not know', () => {
    expect(causeSentence('disk-full')).toBe('The disk of the recorder was full.');
    expect(causeSentence('moon-in-the-way')).toBe('Cause: moon in the way.');
  });
});
