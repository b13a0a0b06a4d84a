import { packagingArgs } from './packaging-args';
import { COPY_PLAN } from './plan';

const inputOf = (url: string): string[] => {
  const args = packagingArgs({ kind: 'url', url }, COPY_PLAN);
  return args.slice(args.indexOf('-analyzeduration') + 2, args.indexOf('-map'));
};

describe('packagingArgs', () => {
  it('copies an FLV push from stdin', () => {
    expect(packagingArgs({ kind: 'flv-stdin' }, COPY_PLAN)).toEqual([
      ...['-hide_banner', '-nostats', '-loglevel', 'level+info'],
      ...['-fpsprobesize', '0', '-analyzeduration', '8000000'],
      ...['-protocol_whitelist', 'pipe', '-f', 'flv', '-i', 'pipe:0'],
      ...['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1', '-map_chapters', '-1'],
      ...['-c:v', 'copy', '-c:a', 'copy', '-video_track_timescale', '90000', '-use_editlist', '0'],
      ...['-max_interleave_delta', '1000000', '-f', 'mp4'],
      ...['-movflags', '+frag_keyframe+empty_moov+delay_moov+default_base_moof', '-frag_duration', '50000'],
      ...['-flush_packets', '1', 'pipe:1'],
    ]);
  });

  it('looks for no second track where there is none', () => {
    const args = packagingArgs({ kind: 'flv-stdin', onlyPicture: true }, COPY_PLAN);
    expect(args[args.indexOf('-analyzeduration') + 1]).toBe('100000');
  });

  it.each([
    [
      'rtsp://u:p@10.0.0.9/cam',
      [
        '-protocol_whitelist',
        'rtsp,rtp,tcp',
        '-f',
        'rtsp',
        '-rtsp_transport',
        'tcp',
        '-allowed_media_types',
        'video+audio',
        '-timeout',
        '5000000',
      ],
    ],
    [
      'RTSPS://10.0.0.9/cam',
      [
        '-protocol_whitelist',
        'rtsps,rtsp,rtp,tls,tcp',
        '-f',
        'rtsp',
        '-rtsp_transport',
        'tcp',
        '-allowed_media_types',
        'video+audio',
        '-timeout',
        '5000000',
      ],
    ],
    ['rtmp://10.0.0.9/live/k', ['-protocol_whitelist', 'rtmp,tcp', '-rw_timeout', '5000000', '-f', 'flv']],
    ['srt://10.0.0.9:9000', ['-protocol_whitelist', 'srt', '-timeout', '5000000', '-scan_all_pmts', '0', '-f', 'mpegts']],
  ])('opens %s with its own demuxer, protocols and time limit only', (url, options) => {
    expect(inputOf(url)).toEqual([...options, '-i', url]);
    expect(packagingArgs({ kind: 'url', url }, COPY_PLAN)).toContain('-nostdin');
  });

  it('takes AAC out of its ADTS frames where it is copied from SRT, and only there', () => {
    const filtered = (url: string, audio: 'copy' | 'aac') =>
      packagingArgs({ kind: 'url', url }, { video: 'copy', audio }).includes('aac_adtstoasc');
    expect(filtered('srt://10.0.0.9:9000', 'copy')).toBe(true);
    expect(filtered('srt://10.0.0.9:9000', 'aac')).toBe(false);
    expect(filtered('rtsp://10.0.0.9/cam', 'copy')).toBe(false);
  });

  it('transcodes to small H.264 with a key frame a second, and to AAC', () => {
    const args = packagingArgs({ kind: 'flv-stdin' }, { video: 'transcode', audio: 'aac' });
    expect(args.slice(args.indexOf('-vf'), args.indexOf('-video_track_timescale'))).toEqual([
      ...['-vf', "scale=w='trunc(min(1280,iw)/2)*2':h=-2,format=yuv420p"],
      ...['-c:v', 'libx264', '-preset', 'superfast', '-tune', 'zerolatency', '-threads', '2'],
      ...['-crf', '25', '-maxrate', '2500k', '-bufsize', '2500k', '-fpsmax', '30'],
      ...['-force_key_frames', 'expr:gte(t,n_forced)', '-g', '300', '-sc_threshold', '0'],
      ...['-c:a', 'aac', '-b:a', '64k', '-ar', '48000', '-af', 'aresample=async=1000'],
    ]);
  });

  it.each(['file:///etc/passwd', 'http://10.0.0.9/a.m3u8', 'concat:a|b', '-version', ''])('refuses %p as a camera', (url) => {
    expect(() => packagingArgs({ kind: 'url', url }, COPY_PLAN)).toThrow(RangeError);
  });
});
