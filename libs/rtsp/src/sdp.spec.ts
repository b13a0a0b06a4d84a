import { parseSdp } from './sdp';
import { tracksOf } from './tracks';
import type { RtspEndReason } from './types';

const fault = (reason: RtspEndReason): Error => expect.objectContaining({ reason }) as Error;
const SPS = Buffer.from('6742c01fd90141fb0110000003001000000303c8f1832480', 'hex');
const PPS = Buffer.from('68cb83cb20', 'hex');
const VIDEO = [
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  `a=fmtp:96 packetization-mode=1; profile-level-id=42C01F; sprop-parameter-sets=${SPS.toString('base64')},${PPS.toString('base64')}`,
  'a=control:trackID=1',
];
const AAC = [
  'm=audio 0 RTP/AVP 97',
  'a=rtpmap:97 mpeg4-generic/16000/1',
  'a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408',
  'a=control:rtsp://10.0.0.1/track2',
];
const PCMU = ['m=audio 0 RTP/AVP 0', 'a=control:audio'];
const METADATA = ['m=application 0 RTP/AVP 107', 'a=rtpmap:107 vnd.onvif.metadata/90000', 'a=control:meta'];
const sdp = (...sections: string[][]) => parseSdp(['v=0', 's=-', 'a=control:*', ...sections.flat()].join('\r\n'));
const read = (...sections: string[][]) => tracksOf(sdp(...sections));
const replaced = (lines: string[], from: string | RegExp, to: string): string[] => lines.map((line) => line.replace(from, to));

describe('the description of a camera', () => {
  it('gives picture and sound, whatever else is there', () => {
    const { video, audio } = read(METADATA, VIDEO, AAC);
    expect(video.media).toMatchObject({ payloadType: 96, clockRate: 90000, control: 'trackID=1' });
    expect(video.parameterSets).toEqual([SPS, PPS]);
    expect(audio).toMatchObject({ codec: 'aac', config: Buffer.from('1408', 'hex'), media: { clockRate: 16000 } });
  });

  it('knows the fixed numbers of G.711', () => {
    expect(read(VIDEO, PCMU).audio?.codec).toBe('pcm_mulaw');
    expect(read(VIDEO, ['m=audio 0 RTP/AVP 8']).audio?.codec).toBe('pcm_alaw');
  });

  it('may have no sound and no parameter sets', () => {
    const bare = VIDEO.filter((line) => !line.startsWith('a=fmtp'));
    expect(read(bare)).toMatchObject({ video: { parameterSets: [] }, audio: undefined });
  });

  it.each([
    ['HEVC', [replaced(VIDEO, 'H264', 'H265')]],
    ['MJPEG', [['m=video 0 RTP/AVP 26']]],
    ['High 10', [replaced(VIDEO, '42C01F', '6E001F')]],
    [
      'a profile that only the SPS tells',
      [replaced(VIDEO, SPS.toString('base64'), Buffer.from([0x67, 122, 0, 31]).toString('base64'))],
    ],
    ['interleaved H.264', [replaced(VIDEO, 'packetization-mode=1', 'packetization-mode=2')]],
    ['G.726', [VIDEO, ['m=audio 0 RTP/AVP 97', 'a=rtpmap:97 G726-32/8000']]],
    ['G.711 of 16 kHz', [VIDEO, ['m=audio 0 RTP/AVP 97', 'a=rtpmap:97 PCMA/16000']]],
    ['AAC of another mode', [VIDEO, replaced(AAC, 'AAC-hbr', 'AAC-lbr')]],
    ['AAC without its configuration', [VIDEO, replaced(AAC, 'config=1408', '')]],
  ])('leaves %s to another reader', (_, sections) => {
    expect(() => read(...sections)).toThrow(fault('unreadable'));
  });

  it('says that there is no picture, or no stream', () => {
    expect(() => read(AAC)).toThrow(fault('no-video'));
    expect(() => read()).toThrow(fault('not-rtsp'));
    expect(() => tracksOf(parseSdp('<html>'))).toThrow(fault('not-rtsp'));
  });
});
