import { type ProbeResult } from '@app/contracts';
import { z } from 'zod';
import { classifyStderr } from './classify';
import { FfmpegProcess } from './ffmpeg-process';
import { formatOf } from './packaging-args';
import { isPlayableVideo } from './plan';
import { type Fault, type FfmpegTools, type ProcessExit } from './types';

/** Why a camera could not be probed. Neither message nor fault holds a credential. */
export class ProbeFailed extends Error {
  override readonly name = 'ProbeFailed';
  constructor(readonly fault: Fault) {
    super(fault.detail);
  }
}

export interface ProbeDeps {
  readonly tools: FfmpegTools;
  /** The whole probe, in milliseconds; 15 s unless told. */
  readonly timeoutMs?: number;
}

/** How much of the stream is read, in seconds: enough for two key frames of a camera that is set up well. */
const READ_SECONDS = 5;
const MAX_OUTPUT_BYTES = 8 << 20;
const STOP_GRACE_MS = 500;

const Stream = z.object({
  index: z.number(),
  codec_type: z.string(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  avg_frame_rate: z.string().optional(),
  sample_rate: z.coerce.number().optional(),
  channels: z.number().optional(),
});
const Packet = z.object({
  stream_index: z.number(),
  pts_time: z.coerce.number().optional(),
  dts_time: z.coerce.number().optional(),
  flags: z.string().default(''),
});
const Report = z.object({ streams: z.array(Stream).default([]), packets: z.array(Packet).default([]) });
type Report = z.infer<typeof Report>;

/** Arguments for ffprobe on a camera. Throws RangeError for a scheme that is not a camera's. */
export function probeArgs(url: string): string[] {
  return [
    ...['-hide_banner', '-loglevel', 'level+warning', '-analyzeduration', '3000000'],
    ...formatOf({ kind: 'url', url }).options,
    ...['-read_intervals', `%+${READ_SECONDS}`, '-of', 'json', '-show_entries'],
    'stream=index,codec_type,codec_name,profile,width,height,avg_frame_rate,sample_rate,channels:packet=stream_index,pts_time,dts_time,flags',
    url,
  ];
}

/** Connects to a camera, reads a few seconds and says what it sends. Throws ProbeFailed. */
export async function probe(url: string, { tools, timeoutMs = 15_000 }: ProbeDeps): Promise<ProbeResult> {
  if (tools.ffprobe === undefined) {
    const detail = 'Probing needs ffprobe, which was found neither beside ffmpeg nor on the PATH. Packaging works without it.';
    throw new ProbeFailed({ code: 'encoder-failed', detail });
  }
  const started = performance.now();
  const programs = { ffmpeg: tools.ffprobe, setpriv: tools.setpriv };
  const process = FfmpegProcess.start({ tools: programs, args: probeArgs(url), stdin: 'ignore' });
  const timer = setTimeout(() => void process.stop(STOP_GRACE_MS), timeoutMs);
  const output = await collect(process);
  const exit = await process.exited;
  clearTimeout(timer);
  const report = parseReport(output);
  const result = report && summarise(report);
  if (result) return result;
  throw new ProbeFailed(faultOf(report, process.stderr, exit, performance.now() - started, timeoutMs));
}

async function collect(process: FfmpegProcess): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdout as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_OUTPUT_BYTES) {
      await process.stop(STOP_GRACE_MS);
      break;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined for what is no report: ffprobe that fails prints half of one. */
function parseReport(output: string): Report | undefined {
  try {
    return Report.safeParse(JSON.parse(output)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function faultOf(report: Report | undefined, lines: readonly string[], exit: ProcessExit, livedMs: number, limit: number): Fault {
  if (report && report.streams.length > 0) return { code: 'no-video', detail: 'The stream has no picture that can be read.' };
  if (livedMs >= limit) return { code: 'silent', detail: `Nothing readable came within ${Math.round(limit / 1000)} s.` };
  return classifyStderr(lines, { exit, hadMedia: false, livedMs });
}

function summarise({ streams, packets }: Report): ProbeResult | undefined {
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  if (!video?.codec_name || !video.width || !video.height) return undefined;
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  const frames = packets.filter(({ stream_index }) => stream_index === video.index);
  const keys = frames.filter(({ flags }) => flags.startsWith('K')).flatMap(({ pts_time }) => pts_time ?? []);
  return {
    codec: video.codec_name,
    width: video.width,
    height: video.height,
    fps: measuredRate(frames.flatMap(({ dts_time }) => dts_time ?? [])) ?? statedRate(video.avg_frame_rate),
    gopSeconds: longestGap(keys),
    audio: audio?.codec_name
      ? { codec: audio.codec_name, sampleRate: audio.sample_rate ?? 0, channels: audio.channels ?? 0 }
      : null,
    playable: isPlayableVideo(video.codec_name, video.profile),
  };
}

function longestGap(times: readonly number[]): number | null {
  if (times.length < 2) return null;
  return round(Math.max(...times.slice(1).map((time, index) => time - times[index]!)));
}

/** Cameras state rates that they do not keep; what was counted goes first. */
function measuredRate(times: readonly number[]): number | null {
  const span = times.length < 10 ? 0 : times.at(-1)! - times[0]!;
  return span > 0 ? round((times.length - 1) / span) : null;
}

function statedRate(rate: string | undefined): number | null {
  const [frames = 0, seconds = 0] = (rate ?? '').split('/').map(Number);
  return frames > 0 && seconds > 0 ? round(frames / seconds) : null;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
