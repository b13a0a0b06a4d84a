import { ComplaintMeter } from './complaint-meter';

const BAD = '[rtsp @ 0x1] [error] Error parsing AU headers';

describe('what ffmpeg complains of', () => {
  it('is too much when it comes dozens a second', () => {
    const meter = new ComplaintMeter();
    const verdicts = Array.from({ length: 30 }, (_, index) => meter.add(BAD, index * 50));
    expect(verdicts.filter(Boolean)).toHaveLength(1);
    expect(verdicts.at(-1)).toBe(true);
  });

  it('is ordinary on a line that loses a packet now and then', () => {
    const meter = new ComplaintMeter();
    expect(Array.from({ length: 500 }, (_, index) => meter.add(BAD, index * 500)).some(Boolean)).toBe(false);
  });

  it('is not meant by lines of information', () => {
    const meter = new ComplaintMeter();
    expect(Array.from({ length: 100 }, () => meter.add('[info] Stream mapping:', 0)).some(Boolean)).toBe(false);
  });
});
