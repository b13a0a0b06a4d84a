import { type PackagingInput, type PackagingPlan } from './types';

/**
 * The longest look at the input, in microseconds; it ends as soon as every track is known. A camera that is joined in the middle of a
 * group of pictures tells the size of its picture only with the next key frame, over RTMP and SRT at least.
 */
const ANALYZE_US = '8000000';
/** FLV may always hold one more track, and ffmpeg would look for it all that time. */
const ANALYZE_PICTURE_US = '100000';

/** After this long without an answer or a byte ffmpeg gives up by itself, in microseconds. The watchdog is not here. */
const IO_TIMEOUT_US = '5000000';

/**
 * Arguments that turn one input into fragmented MP4 on stdout: H.264 and AAC, 90 kHz video clock, a fragment about every 100 ms
 * and at each key frame, no edit lists (decode times carry the offset between sound and picture), `moov` first.
 *
 * stderr is left at `info`, because its description of the input (`InputWatcher`) tells the codecs without a second connection.
 * Throws RangeError for a scheme that is not a camera's.
 */
export function packagingArgs(input: PackagingInput, plan: PackagingPlan): string[] {
  const format = formatOf(input);
  return [
    ...['-hide_banner', '-nostats', '-loglevel', 'level+info'],
    ...(input.kind === 'url' ? ['-nostdin'] : []),
    // Without this the frame rate is guessed from 20 more frames before anything comes out. (`-fflags nobuffer` would be faster
    // still, but throws away what was read while probing: the first key frame.)
    ...['-fpsprobesize', '0', '-analyzeduration', analyzeUs(input)],
    ...format.options,
    ...['-i', input.kind === 'url' ? input.url : 'pipe:0'],
    ...['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...videoArgs(plan),
    ...audioArgs(plan, format.adts),
    ...['-video_track_timescale', '90000', '-use_editlist', '0'],
    // A sound track that stops must not hold the picture back for the default of ten seconds.
    ...['-max_interleave_delta', '1000000'],
    // delay_moov: in MPEG-TS the description of AAC comes with its first packet.
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+delay_moov+default_base_moof', '-frag_duration', '50000'],
    ...['-flush_packets', '1', 'pipe:1'],
  ];
}

const analyzeUs = (input: PackagingInput): string =>
  input.kind === 'flv-stdin' && input.onlyPicture ? ANALYZE_PICTURE_US : ANALYZE_US;

interface InputFormat {
  readonly options: readonly string[];
  /** AAC comes in ADTS frames, which MP4 cannot hold. */
  readonly adts: boolean;
}

/** Demuxer, permitted protocols and time limit. Each protocol has its own flag, and takes or misreads the others' silently. */
export function formatOf(input: PackagingInput): InputFormat {
  if (input.kind === 'flv-stdin') return { options: ['-protocol_whitelist', 'pipe', '-f', 'flv'], adts: false };
  const scheme = input.url.slice(0, input.url.indexOf(':')).toLowerCase();
  switch (scheme) {
    case 'rtsp':
    case 'rtsps': {
      const protocols = scheme === 'rtsp' ? 'rtsp,rtp,tcp' : 'rtsps,rtsp,rtp,tls,tcp';
      const transport = ['-rtsp_transport', 'tcp', '-allowed_media_types', 'video+audio', '-timeout', IO_TIMEOUT_US];
      return { options: ['-protocol_whitelist', protocols, '-f', 'rtsp', ...transport], adts: false };
    }
    case 'rtmp':
      return {
        options: ['-protocol_whitelist', 'rtmp,tcp', '-rw_timeout', IO_TIMEOUT_US, '-f', 'flv'],
        adts: false,
      };
    case 'srt':
      return {
        // scan_all_pmts (on by default in the ffmpeg program) would wait for programs that never come.
        options: ['-protocol_whitelist', 'srt', '-timeout', IO_TIMEOUT_US, '-scan_all_pmts', '0', '-f', 'mpegts'],
        adts: true,
      };
    default:
      throw new RangeError('A camera is read over rtsp, rtsps, rtmp or srt.');
  }
}

function videoArgs(plan: PackagingPlan): string[] {
  if (plan.video === 'copy') return ['-c:v', 'copy'];
  return [
    ...['-vf', "scale=w='trunc(min(1280,iw)/2)*2':h=-2,format=yuv420p"],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-threads', '2'],
    ...['-crf', '25', '-maxrate', '2500k', '-bufsize', '2500k', '-fpsmax', '30'],
    // One key frame a second, whatever the frame rate.
    ...['-force_key_frames', 'expr:gte(t,n_forced)', '-g', '300', '-sc_threshold', '0'],
  ];
}

function audioArgs(plan: PackagingPlan, adts: boolean): string[] {
  if (plan.audio === 'copy') return ['-c:a', 'copy', ...(adts ? ['-bsf:a', 'aac_adtstoasc'] : [])];
  return ['-c:a', 'aac', '-b:a', '64k', '-ar', '48000', '-af', 'aresample=async=1000'];
}
