import { FlvReader, flvContent, flvSample, flvStart } from './flv';
import type { MediaFormat, MediaSample } from './media';
import { parseLoop } from './media-loop';

const format: MediaFormat = {
  video: { codec: 'h264', parameterSets: [Buffer.from('674d4016da', 'hex'), Buffer.from('68ef3c80', 'hex')], fps: 15 },
  audio: { codec: 'aac', config: Buffer.from('1408', 'hex'), sampleRate: 16000, channels: 1 },
};

/** Eight seconds: 120 pictures and 125 AAC frames. */
function recording(audioFrames: number): Buffer {
  const samples: MediaSample[] = [
    ...Array.from({ length: 120 }, (_, index): MediaSample => {
      const key = index % 15 === 0;
      return { kind: 'video', timeMs: (index * 1000) / 15, key, nals: [Buffer.from([key ? 0x65 : 0x41, index])] };
    }),
    ...Array.from({ length: audioFrames }, (_, index): MediaSample => ({
      kind: 'audio',
      timeMs: index * 64,
      data: Buffer.from([index]),
    })),
  ];
  samples.sort((a, b) => a.timeMs - b.timeMs);
  return Buffer.concat([flvStart(format), ...samples.map((sample) => flvSample(sample, sample.timeMs, format.audio))]);
}

describe(parseLoop.name, () => {
  it('gives back codecs and media, with exact frame times instead of whole milliseconds', () => {
    const loop = parseLoop(recording(125));
    expect(loop.format).toEqual(format);
    expect(loop.durationMs).toBe(8000);
    expect(loop.samples).toHaveLength(245);
    const pictures = loop.samples.filter((sample) => sample.kind === 'video');
    expect(pictures[1]).toEqual({ kind: 'video', timeMs: 1000 / 15, key: false, nals: [Buffer.from([0x41, 1])] });
  });

  it('cuts the encoder’s surplus sound off at the end of the picture', () => {
    expect(parseLoop(recording(140)).samples).toHaveLength(245);
  });

  it('refuses sound that would leave a seam', () => {
    expect(() => parseLoop(recording(124))).toThrow(/seam/);
  });

  it('refuses what is not FLV', () => {
    expect(() => parseLoop(Buffer.from('<html>not a recording</html>'))).toThrow(/not an FLV file/);
  });
});

describe(FlvReader.name, () => {
  it('gives the same tags however the bytes are sliced', () => {
    const bytes = recording(125);
    const whole = new FlvReader().push(bytes).map((tag) => [tag.timeMs, flvContent(tag)]);
    const sut = new FlvReader();
    const sliced = [];
    for (let at = 0; at < bytes.length; at += 13) sliced.push(...sut.push(bytes.subarray(at, at + 13)));
    expect(sliced.map((tag) => [tag.timeMs, flvContent(tag)])).toEqual(whole);
  });

  it('reads times beyond 24 bits', () => {
    const sample: MediaSample = { kind: 'audio', timeMs: 0, data: Buffer.from([1]) };
    const [, , tag] = new FlvReader().push(Buffer.concat([flvStart(format), flvSample(sample, 0x2345678, format.audio)]));
    expect(tag?.timeMs).toBe(0x2345678);
  });
});
