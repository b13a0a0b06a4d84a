/** What a clip is made from: one fMP4 file, or a list for ffmpeg's concat demuxer (`concatList`). */
export type ClipInput = { readonly kind: 'file'; readonly file: string } | { readonly kind: 'list'; readonly file: string };

const QUIET = ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'level+warning', '-protocol_whitelist', 'file'];

/**
 * A progressive MP4 (index first) of the whole input by copy, no frame is decoded. The files of a list must have the same codecs
 * and size: cut a clip over a change of format into one clip for each run.
 */
export function clipArgs(input: ClipInput, output: string): string[] {
  return [
    ...QUIET,
    ...(input.kind === 'list' ? ['-f', 'concat', '-safe', '0'] : ['-f', 'mp4']),
    ...['-i', input.file],
    ...['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1', '-c', 'copy', '-avoid_negative_ts', 'make_zero'],
    ...['-movflags', '+faststart', '-f', 'mp4', '-y', output],
  ];
}

/** The text of a list file. Absolute paths; a quote in a path is kept by closing and opening the quotes around it. */
export function concatList(files: readonly string[]): string {
  if (files.some((file) => /[\r\n]/.test(file))) throw new RangeError('A path with a line break cannot be listed.');
  return ['ffconcat version 1.0', ...files.map((file) => `file '${file.replaceAll("'", "'\\''")}'`), ''].join('\n');
}
