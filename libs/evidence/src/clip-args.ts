import type { FrameSource } from './piece-writer';

const QUIET = ['-hide_banner', '-nostdin', '-y', '-loglevel', 'warning'];
const TRACKS = ['-map', '0:v:0', '-map', '0:a:0?', '-c', 'copy'];
const PROGRESSIVE = ['-movflags', '+faststart', '-f', 'mp4'];

/** One piece as a file of its own that begins at time 0. */
export function remuxArgs(input: string, output: string): string[] {
  return [...QUIET, '-i', input, ...TRACKS, ...PROGRESSIVE, output];
}

/**
 * Several remuxed pieces, one after the other without a hole. The pieces are remuxed before: ffmpeg takes the
 * duration of a fragmented file from time 0 on, which would leave holes as long as the run was old.
 */
export function joinArgs(list: string, output: string): string[] {
  return [...QUIET, '-f', 'concat', '-safe', '0', '-i', list, ...TRACKS, ...PROGRESSIVE, output];
}

/** Text of the list of `joinArgs`. Names are our own: digits and dashes only. */
export function joinList(files: readonly string[]): string {
  return files.map((file) => `file '${file}'\n`).join('');
}

/** The frame nearest to `offsetSeconds` from the start of the source's segment, as JPEG. */
export function stillArgs(source: FrameSource, offsetSeconds: number, output: string): string[] {
  const { startSeconds, durationSeconds, frameSeconds } = source;
  const lastFrame = durationSeconds - frameSeconds;
  const nearest = Math.min(Math.max(offsetSeconds, 0), lastFrame);
  // ffmpeg gives the first frame that is not before the place asked for: half a frame early makes it the nearest one.
  const seek = Math.max(0, startSeconds + nearest - frameSeconds / 2);
  const place = ['-seek_timestamp', '1', '-ss', seek.toFixed(6)];
  return [
    ...QUIET,
    ...place,
    '-i',
    source.path,
    '-map',
    '0:v:0',
    '-frames:v',
    '1',
    '-q:v',
    '2',
    '-update',
    '1',
    '-f',
    'image2',
    output,
  ];
}
