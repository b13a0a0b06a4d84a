import type { RegisteredCamera } from '@app/contracts';
import type { FfmpegTools } from '@app/ffmpeg';
import { freePort } from '@app/platform';
import {
  encodeLoop,
  type FlvSender,
  LoopSource,
  type MediaLoop,
  Metronome,
  pushRtmp,
  readLoop,
  RtspServer,
  serveSrt,
} from '@app/simulator';

/** What the bench's cameras send: 720p, 25 fps, 1.5 Mbit/s, a key frame every two seconds, AAC. */
const PICTURE = { width: 1280, height: 720, fps: 25, keyFrameSeconds: 2, kilobitsPerSecond: 1500 };

/** Many streams of one loop, twice: for us and for the bare ffmpeg. */
export interface BenchSource {
  /** The `source` of camera `index`, as registered. */
  sourceOf(index: number): string;
  /** Starts sending to the cameras that push. */
  begin(cameras: RegisteredCamera[]): Promise<void>;
  /** The input arguments of each bare ffmpeg, and what it must do with the packets of this kind to write fMP4. */
  bare: { inputs: string[][]; filters: string[] };
  stop(): Promise<void>;
}

export async function startSource(kind: string, count: number, folder: string, tools: FfmpegTools): Promise<BenchSource> {
  const file = await encodeLoop(tools, folder, {
    stationCode: '0001',
    stationName: 'Bench',
    cameraName: 'Overview',
    scene: 'overview',
    ...PICTURE,
  });
  const streams = new LoopStreams(await readLoop(file), count);
  switch (kind) {
    case 'rtsp':
      return rtspSource(streams, count);
    case 'srt':
      return srtSource(streams, count, tools);
    case 'rtmp':
      return rtmpSource(streams, count, tools);
    default:
      throw new Error(`--source is rtsp, rtmp or srt, not ${kind}`);
  }
}

/** One source a camera, each at another place of the loop. */
class LoopStreams {
  private readonly metronome = new Metronome();
  constructor(
    private readonly loop: MediaLoop,
    private readonly count: number,
  ) {}

  at(index: number): LoopSource {
    return new LoopSource(this.loop, this.metronome, (this.loop.durationMs * index) / this.count);
  }
}

async function rtspSource(streams: LoopStreams, count: number): Promise<BenchSource> {
  const server = new RtspServer();
  await server.listen();
  const urls = indexes(count).map((index) => server.urlOf(server.addStream(`/bench/${index}`, streams.at(index))));
  return {
    sourceOf: (index) => urls[index] as string,
    begin: () => Promise.resolve(),
    bare: { inputs: urls.map((url) => ['-rtsp_transport', 'tcp', '-i', url]), filters: [] },
    stop: () => server.close(),
  };
}

/** A listener takes one caller: ours and the bare one get a sender each. */
async function srtSource(streams: LoopStreams, count: number, tools: FfmpegTools): Promise<BenchSource> {
  const ports = await Promise.all(indexes(count * 2).map(() => freePort()));
  const senders = ports.map((port, index) => serveSrt({ tools, source: streams.at(index % count), port }));
  senders.forEach((sender) => sender.start());
  return {
    sourceOf: (index) => `srt://127.0.0.1:${ports[index]}`,
    begin: () => Promise.resolve(),
    bare: {
      inputs: ports.slice(count).map((port) => ['-i', `srt://127.0.0.1:${port}`]),
      filters: ['-bsf:a', 'aac_adtstoasc'],
    },
    stop: () => stopAll(senders),
  };
}

async function rtmpSource(streams: LoopStreams, count: number, tools: FfmpegTools): Promise<BenchSource> {
  const ports = await Promise.all(indexes(count).map(() => freePort()));
  const toBare = ports.map((port, index) =>
    pushRtmp({ tools, source: streams.at(index), url: `rtmp://127.0.0.1:${port}/live/bare` }),
  );
  let toUs: FlvSender[] = [];
  return {
    sourceOf: () => 'push:rtmp',
    begin: (cameras) => {
      toUs = cameras.map(({ push }, index) =>
        pushRtmp({ tools, source: streams.at(index), url: `${push?.url}/${push?.streamKey}` }),
      );
      [...toBare, ...toUs].forEach((sender) => sender.start());
      return Promise.resolve();
    },
    bare: { inputs: ports.map((port) => ['-listen', '1', '-i', `rtmp://127.0.0.1:${port}/live/bare`]), filters: [] },
    stop: () => stopAll([...toBare, ...toUs]),
  };
}

async function stopAll(senders: FlvSender[]): Promise<void> {
  await Promise.all(senders.map((sender) => sender.stop()));
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
