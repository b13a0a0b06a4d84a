import type { AudioFormat, MediaFormat, VideoFormat } from './media';

export const VIDEO_PAYLOAD_TYPE = 96;
/** G.711 A-law has the fixed number 8 (RFC 3551, table 4). */
export const audioPayloadType = (audio: AudioFormat): number => (audio.codec === 'pcma' ? 8 : 97);

/** The description (RFC 8866) of a stream: `track0` is the picture, `track1` the sound. */
export function sdpOf(format: MediaFormat, options: { audioOnly: boolean }): string {
  const lines = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=Pollglass camera', 'c=IN IP4 0.0.0.0', 't=0 0', 'a=control:*'];
  if (!options.audioOnly) lines.push(...videoLines(format.video));
  if (format.audio) lines.push(...audioLines(format.audio));
  return `${lines.join('\r\n')}\r\n`;
}

function videoLines(video: VideoFormat): string[] {
  const name = video.codec === 'h264' ? 'H264' : 'H265';
  return [
    `m=video 0 RTP/AVP ${VIDEO_PAYLOAD_TYPE}`,
    `a=rtpmap:${VIDEO_PAYLOAD_TYPE} ${name}/90000`,
    `a=fmtp:${VIDEO_PAYLOAD_TYPE} ${video.codec === 'h264' ? h264Parameters(video) : hevcParameters(video)}`,
    `a=framerate:${video.fps}`,
    'a=control:track0',
  ];
}

/** RFC 6184, 8.2.1. The profile and level are the three bytes after the header of the SPS. */
function h264Parameters(video: VideoFormat): string {
  const sps = video.parameterSets.find((nal) => ((nal[0] ?? 0) & 0x1f) === 7);
  const profile = sps ? `profile-level-id=${sps.toString('hex', 1, 4)};` : '';
  return `packetization-mode=1;${profile}sprop-parameter-sets=${video.parameterSets.map((nal) => nal.toString('base64')).join(',')}`;
}

/** RFC 7798, 7.1. */
function hevcParameters(video: VideoFormat): string {
  const names = new Map([
    [32, 'sprop-vps'],
    [33, 'sprop-sps'],
    [34, 'sprop-pps'],
  ]);
  return video.parameterSets
    .map((nal) => `${names.get(((nal[0] ?? 0) >> 1) & 0x3f) ?? 'sprop-sei'}=${nal.toString('base64')}`)
    .join(';');
}

/** AAC: RFC 3640, 3.3.6 and 4.1. */
function audioLines(audio: AudioFormat): string[] {
  const type = audioPayloadType(audio);
  if (audio.codec === 'pcma') return [`m=audio 0 RTP/AVP ${type}`, `a=rtpmap:${type} PCMA/8000/1`, 'a=control:track1'];
  const mode = 'streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3';
  return [
    `m=audio 0 RTP/AVP ${type}`,
    `a=rtpmap:${type} MPEG4-GENERIC/${audio.sampleRate}/${audio.channels}`,
    `a=fmtp:${type} ${mode};config=${audio.config.toString('hex')}`,
    'a=control:track1',
  ];
}
