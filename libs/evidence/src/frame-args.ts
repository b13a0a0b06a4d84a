import type { FrameSource } from './piece-writer';

const QUIET = ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'level+warning', '-protocol_whitelist', 'file'];

/**
 * The frame nearest to `offsetSeconds` from the start of the source's segment, as a JPEG of its full size. Goes by
 * the picture's own clock: a track of sound that begins earlier would move a place counted from the file's start.
 */
export function frameArgs(source: FrameSource, offsetSeconds: number, output: string): string[] {
  const { startSeconds, durationSeconds, frameSeconds } = source;
  const lastFrame = durationSeconds - frameSeconds;
  const nearest = Math.min(Math.max(offsetSeconds, 0), lastFrame);
  // ffmpeg gives the first frame that is not before the place asked for: half a frame early makes it the nearest one.
  const seek = Math.max(0, startSeconds + nearest - frameSeconds / 2);
  const input = ['-seek_timestamp', '1', '-ss', seek.toFixed(6), '-f', 'mp4', '-i', source.path];
  return [...QUIET, ...input, '-map', '0:v:0', '-frames:v', '1', '-q:v', '2', '-f', 'image2', '-update', '1', '-y', output];
}
