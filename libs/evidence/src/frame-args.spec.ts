import { frameArgs } from './frame-args';

const source = { path: '/w/still-source.mp4', startSeconds: 1000, durationSeconds: 2, frameSeconds: 0.04 };
const seekOf = (offsetSeconds: number): number => {
  const args = frameArgs(source, offsetSeconds, '/w/still.jpg');
  return Number(args[args.indexOf('-ss') + 1]);
};

describe('the arguments for a frame', () => {
  it('ask for half a frame before the flagged moment, by the media’s own clock', () => {
    expect(seekOf(0.5)).toBeCloseTo(1000.48, 5);
  });

  it('stay within the frames of the segment', () => {
    expect(seekOf(-1)).toBeCloseTo(999.98, 5);
    expect(seekOf(2.5)).toBeCloseTo(1001.94, 5);
  });
});
