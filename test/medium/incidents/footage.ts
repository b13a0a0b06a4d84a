import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Db } from '@app/database';
import { wantedBytes } from '@app/platform';
import { chunkPath } from '@app/storage';
import { type Fragment, FragmentParser, type InitSegment } from '@app/hls';

export const run = promisify(execFile);

export const FPS = 25;
const CODES = 110;

export interface Picture {
  seconds: number;
  size?: string;
  /** Seconds between key frames. */
  gopSeconds?: number;
  fragmentSeconds?: number;
}

/** fMP4 as a packager reads it, with sound. Each frame is one grey, which tells its number (modulo 110). */
export async function record({ seconds, size = '128x72', gopSeconds = 2, fragmentSeconds = 0.5 }: Picture): Promise<Buffer> {
  const grey = `color=black:size=${size}:rate=${FPS},format=gray,geq=lum='16+2*mod(N,${CODES})',format=yuv420p`;
  const gop = String(gopSeconds * FPS);
  // The encoder of the sound begins one of its frames early; without the offset it would push the picture off second 0.
  const sound = ['-itsoffset', String(1024 / 48_000), '-f', 'lavfi', '-i', 'sine=440:sample_rate=48000'];
  const args = ['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', grey, ...sound];
  const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '4', '-g', gop, '-keyint_min', gop, '-sc_threshold', '0'];
  const output = ['-c:a', 'aac', '-b:a', '48k', '-video_track_timescale', '90000', '-t', String(seconds), '-f', 'mp4'];
  const flags = [
    '-movflags',
    '+frag_keyframe+empty_moov+default_base_moof',
    '-frag_duration',
    String(fragmentSeconds * 1e6),
    'pipe:1',
  ];
  const { stdout } = await run('ffmpeg', [...args, ...video, ...output, ...flags], { encoding: 'buffer', maxBuffer: 1 << 28 });
  return stdout;
}

/** The number (modulo 110) that a frame of `record` shows, from its grey. */
export async function frameNumberOf(jpeg: string): Promise<number> {
  const args = ['-nostdin', '-loglevel', 'error', '-i', jpeg, '-vf', 'format=gray,scale=1:1', '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer' });
  return Math.round((stdout.readUInt8(0) - 16) / 2);
}

interface Segment {
  bytes: Buffer;
  decodeTime: number;
  duration: number;
  independent: boolean;
}

/** Segments of about two seconds. */
function segmentsOf(recording: Buffer): { init: InitSegment; segments: Segment[] } {
  const pieces = new FragmentParser().push(recording);
  const init = pieces.find((piece): piece is InitSegment => piece.kind === 'init');
  if (!init) throw new Error('no init segment');
  const segments: Segment[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'init') continue;
    const open = segments.at(-1);
    if (open && !piece.independent && open.duration < 2 * 90_000) append(open, piece);
    else segments.push({ ...piece });
  }
  return { init, segments };
}

function append(segment: Segment, fragment: Fragment): void {
  segment.bytes = Buffer.concat([segment.bytes, fragment.bytes]);
  segment.duration += fragment.duration;
}

/** As if the camera had been running for `seconds` already: media times of a real run do not begin at 0. */
function shifted(bytes: Buffer, seconds: number): Buffer {
  const moved = Buffer.from(bytes);
  for (let at = moved.indexOf('tfdt'); at !== -1; at = moved.indexOf('tfdt', at + 4)) {
    const trackId = moved.readUInt32BE(moved.lastIndexOf('tfhd', at) + 8);
    const ticks = BigInt(seconds * (trackId === 1 ? 90_000 : 48_000));
    moved.writeBigUInt64BE(moved.readBigUInt64BE(at + 8) + ticks, at + 8);
  }
  return moved;
}

/** What a packager would have left behind: rows of the index, files of the media folder, and its live origin. */
export class Footage {
  private nextSequence = 100;
  /** By their path at the origin. */
  private readonly bytes = new Map<string, Buffer>();
  private server: Server | undefined;
  /** Methods and paths that the origin was asked for. */
  readonly asked: string[] = [];

  constructor(
    private readonly db: Db,
    private readonly cameraId: string,
    private readonly mediaDirectory: string,
  ) {}

  /** A run whose first frame was at `startsAt`. @param where its bytes can be had. @returns the file of its bytes */
  async addRun(
    recording: Buffer,
    startsAt: number,
    where: { disk?: boolean; mediaSeconds?: number; hashed?: boolean } = {},
  ): Promise<string> {
    const { init, segments } = segmentsOf(recording);
    const [runId, mediaSeconds] = [randomUUID(), where.mediaSeconds ?? 5_000];
    const file = `${this.cameraId}/${runId}/0.m4s`;
    const bytes = segments.map((segment) => shifted(segment.bytes, mediaSeconds));
    const fences = { generation: 1, discontinuity_sequence: 0 };
    await this.db
      .insertInto('runs')
      .values({
        id: runId,
        camera_id: this.cameraId,
        ...fences,
        started_at: new Date(startsAt),
        init_segment: init.bytes,
        codecs: init.codecs,
        width: init.video?.width ?? 0,
        height: init.video?.height ?? 0,
        ended_at: null,
        end_reason: null,
        end_detail: null,
      })
      .execute();
    let offset = 0;
    for (const [index, segment] of segments.entries()) {
      const media_sequence = this.nextSequence++;
      await this.db
        .insertInto('segments')
        .values({
          camera_id: this.cameraId,
          media_sequence,
          ...fences,
          kind: 'media',
          run_id: runId,
          starts_at: new Date(startsAt + (segment.decodeTime - segments[0]!.decodeTime) / 90),
          duration_ticks: segment.duration,
          independent: segment.independent,
          gap_cause: null,
          chunk: 0,
          byte_offset: offset,
          byte_length: bytes[index]!.length,
          media_time: mediaSeconds * 90_000 + segment.decodeTime,
          sha256: where.hashed ? createHash('sha256').update(bytes[index]!).digest() : null,
        })
        .execute();
      offset += bytes[index]!.length;
      this.bytes.set(`/hls/${this.cameraId}/seg/${media_sequence}.m4s`, bytes[index]!);
    }
    this.bytes.set(chunkPath(file), Buffer.concat(bytes));
    if (where.disk === false) return file;
    const path = join(this.mediaDirectory, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.concat(bytes));
    return file;
  }

  /** A segment whose bytes nobody has any more. */
  async lose(mediaSequence: number): Promise<void> {
    await this.db
      .updateTable('segments')
      .set({ chunk: 999 })
      .where('camera_id', '=', this.cameraId)
      .where('media_sequence', '=', mediaSequence)
      .execute();
  }

  /** Time without media, as the owner of a camera lists it. */
  async addGap(startsAt: number, seconds: number): Promise<void> {
    await this.db
      .insertInto('segments')
      .values({
        camera_id: this.cameraId,
        media_sequence: this.nextSequence++,
        generation: 1,
        kind: 'gap',
        run_id: null,
        discontinuity_sequence: 0,
        starts_at: new Date(startsAt),
        duration_ticks: seconds * 90_000,
        independent: false,
        gap_cause: 'connection-lost',
        chunk: null,
        byte_offset: null,
        byte_length: null,
      })
      .execute();
  }

  /** The packager of another machine, which has all footage and owns the camera. */
  async startOrigin(): Promise<void> {
    this.server = createServer((request, response) => {
      const path = request.url ?? '';
      this.asked.push(`${request.method} ${path}`);
      const bytes = this.bytes.get(path);
      if (!bytes) return void response.writeHead(404).end();
      const wanted = wantedBytes(request.headers.range, bytes.length);
      const body = wanted.kind === 'part' ? bytes.subarray(wanted.start, wanted.end + 1) : bytes;
      response.writeHead(wanted.kind === 'part' ? 206 : 200, { 'Content-Length': body.length });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    const id = randomUUID();
    const origin_url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const [started_at, later] = [new Date(), new Date(Date.now() + 3_600_000)];
    await this.db.insertInto('packagers').values({ id, origin_url, capacity: 10, heartbeat_at: later, started_at }).execute();
    await this.db
      .insertInto('camera_leases')
      .values({ camera_id: this.cameraId, generation: 1, packager_id: id, expires_at: later })
      .execute();
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)));
  }
}

export interface Probed {
  seconds: number;
  tracks: string[];
  /** Distances of video frames that are more than a frame of sound away from one frame, seconds. */
  jumps: number[];
  firstIsKey: boolean;
  frames: number;
}

/** What a player would find in a file, and that it decodes without a complaint. */
export async function probe(path: string): Promise<Probed> {
  const show = ['-show_entries', 'format=duration:stream=codec_name:packet=stream_index,pts_time,flags', '-of', 'json'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...show, path], { maxBuffer: 1 << 26 });
  const probed = JSON.parse(stdout) as {
    format: { duration: string };
    streams: { codec_name: string }[];
    packets: { stream_index: number; pts_time: string; flags: string }[];
  };
  const video = probed.packets.filter((packet) => packet.stream_index === 0);
  const times = video.map((packet) => Number(packet.pts_time));
  const { stderr } = await run('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-f', 'null', '-']);
  if (stderr !== '') throw new Error(`${path} does not decode: ${stderr}`);
  return {
    seconds: Number(probed.format.duration),
    tracks: probed.streams.map((stream) => stream.codec_name),
    jumps: times
      .slice(1)
      .map((time, index) => time - times[index]!)
      .filter((step) => Math.abs(step - 1 / FPS) > 1024 / 48_000),
    firstIsKey: video[0]?.flags.startsWith('K') ?? false,
    frames: video.length,
  };
}
