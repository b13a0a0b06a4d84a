import { clipArgs, concatList } from './file-args';

describe('arguments for clips', () => {
  it('makes a progressive MP4 of a file by copy', () => {
    const args = clipArgs({ kind: 'file', file: '/data/a.mp4' }, '/data/clip.mp4');
    expect(args.slice(args.indexOf('-f'))).toEqual([
      ...['-f', 'mp4', '-i', '/data/a.mp4', '-map', '0:v:0', '-map', '0:a:0?'],
      ...['-map_metadata', '-1', '-c', 'copy', '-avoid_negative_ts', 'make_zero', '-movflags', '+faststart'],
      ...['-f', 'mp4', '-y', '/data/clip.mp4'],
    ]);
  });

  it('reads a list with the concat demuxer', () => {
    const args = clipArgs({ kind: 'list', file: '/data/list.txt' }, '/data/clip.mp4');
    expect(args.join(' ')).toContain('-protocol_whitelist file -f concat -safe 0 -i /data/list.txt -map');
  });

  it('quotes the paths of a list and refuses a line break', () => {
    expect(concatList(["/data/it's.mp4", '/data/b c.mp4'])).toBe(
      "ffconcat version 1.0\nfile '/data/it'\\''s.mp4'\nfile '/data/b c.mp4'\n",
    );
    expect(() => concatList(['/data/a\nfile /etc/passwd'])).toThrow(RangeError);
  });
});
