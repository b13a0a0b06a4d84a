import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Fragment, FragmentParser, type InitSegment } from '@app/hls';

export const run = promisify(execFile);

export interface Source {
  readonly fps: number;
  readonly gop: number;
  readonly seconds: number;
  readonly audio?: boolean;
  readonly video?: boolean;
  readonly bFrames?: number;
  readonly size?: string;
}

/** What a packager reads from its ffmpeg child. */
export const record = async (source: Source): Promise<Buffer> => {
  const { fps, gop, seconds, audio = true, video = true, bFrames = 0, size = '192x108' } = source;
  const inputs = [
    ...(video ? ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=${fps}`] : []),
    ...(audio ? ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'] : []),
  ];
  const encoders = [
    ...(video
      ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', String(gop), '-keyint_min', String(gop)]
      : []),
    ...(video ? ['-sc_threshold', '0', '-bf', String(bFrames), '-video_track_timescale', '90000'] : []),
    ...(audio ? ['-c:a', 'aac', '-b:a', '48k'] : []),
  ];
  const movflags = '+frag_keyframe+empty_moov+default_base_moof+delay_moov';
  const output = [
    '-t',
    String(seconds),
    '-f',
    'mp4',
    '-movflags',
    movflags,
    '-frag_duration',
    '50000',
    '-write_prft',
    'wallclock',
    'pipe:1',
  ];
  const args = ['-nostdin', '-loglevel', 'error', ...inputs, ...encoders, ...output];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 28 });
  return stdout;
};

export const parse = (bytes: Buffer, chunk = 65_536): { inits: InitSegment[]; fragments: Fragment[]; pending: number } => {
  const parser = new FragmentParser();
  const inits: InitSegment[] = [];
  const fragments: Fragment[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    for (const piece of parser.push(bytes.subarray(at, at + chunk))) {
      if (piece.kind === 'init') inits.push(piece);
      else fragments.push(piece);
    }
  }
  return { inits, fragments, pending: parser.pendingBytes };
};
