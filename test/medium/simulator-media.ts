import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type FfmpegTools, locateFfmpeg } from '@app/ffmpeg';

const run = promisify(execFile);

export const findTools = (): Promise<FfmpegTools> =>
  locateFfmpeg({ ffmpegPath: process.env.FFMPEG_PATH, path: process.env.PATH ?? '' });

/** What ffmpeg or ffprobe prints; rejects with what it says on stderr. */
export async function runMedia(program: string, args: string[], timeoutMs = 40_000): Promise<Buffer> {
  const options = { encoding: 'buffer', maxBuffer: 64 << 20, timeout: timeoutMs } as const;
  try {
    return (await run(program, args, options)).stdout;
  } catch (error) {
    throw new Error(String((error as { stderr?: Buffer }).stderr ?? error), { cause: error });
  }
}

export interface Packet {
  kind: 'video' | 'audio';
  /** Seconds; not a number where ffmpeg does not know (its RTSP client, for a first picture of many packets). */
  dts: number;
  key: boolean;
}

/** Packets of an input by ffprobe, `seconds` of them. */
export async function packetsOf(ffprobe: string, input: string[], seconds: number): Promise<Packet[]> {
  const show = ['-show_entries', 'packet=codec_type,dts_time,flags', '-of', 'json'];
  const printed = await runMedia(ffprobe, ['-v', 'error', ...input, '-read_intervals', `%+${seconds}`, ...show]);
  const { packets } = JSON.parse(printed.toString()) as { packets: { codec_type: string; dts_time?: string; flags: string }[] };
  return packets.map((packet) => ({
    kind: packet.codec_type === 'video' ? 'video' : 'audio',
    dts: Number(packet.dts_time),
    key: packet.flags.startsWith('K'),
  }));
}

/** The distances, in milliseconds, between neighbours of one track. */
export function stepsOf(packets: Packet[], kind: Packet['kind']): number[] {
  const times = packets.filter((packet) => packet.kind === kind && !Number.isNaN(packet.dts)).map((packet) => packet.dts * 1000);
  return times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)));
}

/** As a packager does: a camera that does not answer yet is asked again, for 20 s. */
export async function withRetries<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
