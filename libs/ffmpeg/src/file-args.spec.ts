import { clipArgs, concatList, stillArgs } from './file-args';

describe('arguments for clips and stills', () => {
  it('makes a progressive MP4 of a range by copy', () => {
    const args = clipArgs({ kind: 'file', file: '/data/a.mp4' }, '/data/clip.mp4', { startSeconds: 3.5, durationSeconds: 4 });
    expect(args.slice(args.indexOf('-ss'))).toEqual([
      ...['-ss', '3.500', '-f', 'mp4', '-i', '/data/a.mp4', '-t', '4.000', '-map', '0:v:0', '-map', '0:a:0?'],
      ...['-map_metadata', '-1', '-c', 'copy', '-avoid_negative_ts', 'make_zero', '-movflags', '+faststart'],
      ...['-f', 'mp4', '-y', '/data/clip.mp4'],
    ]);
  });

  it('reads a list with the concat demuxer, from its start to its end', () => {
    const args = clipArgs({ kind: 'list', file: '/data/list.txt' }, '/data/clip.mp4');
    expect(args.join(' ')).toContain('-protocol_whitelist file -f concat -safe 0 -i /data/list.txt -map');
    expect(args).not.toContain('-t');
  });

  it('quotes the paths of a list and refuses a line break', () => {
    expect(concatList(["/data/it's.mp4", '/data/b c.mp4'])).toBe(
      "ffconcat version 1.0\nfile '/data/it'\\''s.mp4'\nfile '/data/b c.mp4'\n",
    );
    expect(() => concatList(['/data/a\nfile /etc/passwd'])).toThrow(RangeError);
  });

  it('takes one frame of at most the given width', () => {
    const args = stillArgs('/data/a.mp4', 6, '/data/still.jpg', 640);
    expect(args.slice(args.indexOf('-ss'))).toEqual([
      ...['-ss', '5.980', '-f', 'mp4', '-i', '/data/a.mp4', '-map', '0:v:0', '-frames:v', '1'],
      ...['-vf', "scale=w='min(640,iw)':h=-1", '-q:v', '3', '-f', 'image2', '-update', '1', '-y', '/data/still.jpg'],
    ]);
    expect(() => stillArgs('/data/a.mp4', Number.NaN, '/data/still.jpg')).toThrow(RangeError);
  });
});
