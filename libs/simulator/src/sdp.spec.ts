import type { MediaFormat } from './media';
import { sdpOf } from './sdp';

const sps = Buffer.from('674d4016da0280bfe584', 'hex');
const pps = Buffer.from('68ef3c80', 'hex');
const format: MediaFormat = {
  video: { codec: 'h264', parameterSets: [sps, pps], fps: 15 },
  audio: { codec: 'aac', config: Buffer.from('1408', 'hex'), sampleRate: 16000, channels: 1 },
};

describe(sdpOf.name, () => {
  it('describes H.264 with its parameter sets and AAC with its configuration', () => {
    const lines = sdpOf(format, { audioOnly: false }).split('\r\n');
    expect(lines).toContain('a=rtpmap:96 H264/90000');
    expect(lines).toContain(
      `a=fmtp:96 packetization-mode=1;profile-level-id=4d4016;sprop-parameter-sets=${sps.toString('base64')},${pps.toString('base64')}`,
    );
    expect(lines).toContain('a=rtpmap:97 MPEG4-GENERIC/16000/1');
    expect(lines.find((line) => line.startsWith('a=fmtp:97'))).toMatch(
      /mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config=1408$/,
    );
  });

  it('leaves the picture out of an audio-only camera and keeps the number of the sound track', () => {
    const text = sdpOf(format, { audioOnly: true });
    expect(text).not.toContain('m=video');
    expect(text).toContain('a=control:track1');
  });

  it('describes G.711 by its fixed number', () => {
    const text = sdpOf({ ...format, audio: { codec: 'pcma', sampleRate: 8000, channels: 1 } }, { audioOnly: false });
    expect(text).toContain('m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000/1\r\n');
  });

  it('describes HEVC with its three parameter sets', () => {
    const parameterSets = [32, 33, 34].map((type) => Buffer.from([type << 1, 1, 9]));
    const text = sdpOf({ video: { codec: 'hevc', parameterSets, fps: 15 } }, { audioOnly: false });
    expect(text).toContain('a=rtpmap:96 H265/90000\r\na=fmtp:96 sprop-vps=QAEJ;sprop-sps=QgEJ;sprop-pps=RAEJ\r\n');
  });
});
