/** What a clip is made from: one fMP4 file, or a list for ffmpeg's concat demuxer (`concatList`). */
export type ClipInput = { readonly kind: 'file'; readonly file: string } | { readonly kind: 'list'; readonly file: string };

export interface ClipRange {
  /** From the first frame of the input. The clip starts at the last key frame at or before it. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
}

const QUIET = ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'level+warning', '-protocol_whitelist', 'file'];

/**
 * A progressive MP4 (index first) by copy, no frame is decoded. Without a range the whole input. The files of a list must have
 * the same codecs and size: cut a clip over a change of format into one clip for each run.
 */
export function clipArgs(input: ClipInput, output: string, range?: ClipRange): string[] {
  return [
    ...QUIET,
    ...(range ? ['-ss', seconds(range.startSeconds)] : []),
    ...(input.kind === 'list' ? ['-f', 'concat', '-safe', '0'] : ['-f', 'mp4']),
    ...['-i', input.file],
    ...(range ? ['-t', seconds(range.durationSeconds)] : []),
    ...['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1', '-c', 'copy', '-avoid_negative_ts', 'make_zero'],
    ...['-movflags', '+faststart', '-f', 'mp4', '-y', output],
  ];
}

/** The text of a list file. Absolute paths; a quote in a path is kept by closing and opening the quotes around it. */
export function concatList(files: readonly string[]): string {
  if (files.some((file) => /[\r\n]/.test(file))) throw new RangeError('A path with a line break cannot be listed.');
  return ['ffconcat version 1.0', ...files.map((file) => `file '${file.replaceAll("'", "'\\''")}'`), ''].join('\n');
}

/**
 * One JPEG of the frame shown `atSeconds` after the first frame of an fMP4 file: the first that is not more than half a frame
 * (at 25 frames a second) early. Behind the last frame ffmpeg writes no file and still ends with code 0. Never enlarges.
 */
export function stillArgs(file: string, atSeconds: number, output: string, maxWidth = 1280): string[] {
  return [
    ...QUIET,
    ...['-ss', seconds(Math.max(0, atSeconds - 0.02)), '-f', 'mp4', '-i', file],
    ...['-map', '0:v:0', '-frames:v', '1', '-vf', `scale=w='min(${Math.trunc(maxWidth)},iw)':h=-1`],
    ...['-q:v', '3', '-f', 'image2', '-update', '1', '-y', output],
  ];
}

function seconds(value: number): string {
  if (!Number.isFinite(value) || value < 0) throw new RangeError('Seconds are a number from 0 on.');
  return value.toFixed(3);
}
