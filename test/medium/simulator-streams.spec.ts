import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FfmpegTools } from '@app/ffmpeg';
import { freePort } from '@app/platform';
import {
  LoopSource,
  Metronome,
  RtspServer,
  drawLoops,
  encodeLoop,
  pushRtmp,
  readLoop,
  serveSrt,
  type FlvSender,
  type MediaLoop,
} from '@app/simulator';
import { type Packet, findTools, packetsOf, runMedia, stepsOf, withRetries } from './simulator-media';

const ROOM = { stationCode: '0412', stationName: 'Northfield school', cameraName: 'Overview', scene: 'overview' } as const;
/** Two seconds before the loop’s seam, so that a few seconds of media cross it. */
const BEFORE_SEAM_MS = 14_000;
const SECONDS = 4;
const FRAME_STEPS = [66, 67];

describe('Simulated cameras', () => {
  let tools: FfmpegTools;
  let ffprobe: string;
  let folder: string;
  let loop: MediaLoop;
  const metronome = new Metronome();
  const senders: FlvSender[] = [];
  const server = new RtspServer();
  let names = 0;

  const source = (of = loop): LoopSource => new LoopSource(of, metronome, BEFORE_SEAM_MS);
  const camera = (of = loop, login?: { username: string; password: string }) =>
    server.addStream(`/camera/${(names += 1)}`, source(of), login);
  const started = (sender: FlvSender): FlvSender => {
    senders.push(sender);
    sender.start();
    return sender;
  };

  beforeAll(async () => {
    tools = await findTools();
    ffprobe = tools.ffprobe ?? 'ffprobe';
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    loop = await readLoop(await encodeLoop(tools, folder, ROOM));
    await server.listen();
  });

  afterAll(async () => {
    await Promise.all(senders.map((sender) => sender.stop()));
    await server.close();
    await rm(folder, { recursive: true });
  });

  describe('encoded loop', () => {
    it('has a key frame each second, no B-frames and sound as long as the picture', async () => {
      const file = await encodeLoop(tools, folder, ROOM);
      const packets = await packetsOf(ffprobe, [file], 60);
      const keys = packets.filter((packet) => packet.kind === 'video').flatMap((packet, index) => (packet.key ? [index] : []));
      expect(keys).toEqual(Array.from({ length: 16 }, (_, index) => index * 15));
      const streams = JSON.parse((await runMedia(ffprobe, ['-v', 'error', '-show_streams', '-of', 'json', file])).toString());
      expect(streams.streams).toMatchObject([
        { codec_name: 'h264', has_b_frames: 0, width: 640, height: 360 },
        { codec_name: 'aac', sample_rate: '16000', channels: 1 },
      ]);
      expect(loop.durationMs).toBe(16_000);
      expect(loop.samples).toHaveLength(240 + 250);
    });

    it('is made once for the same options, and leaves nothing half made', async () => {
      const [first, again] = [await encodeLoop(tools, folder, ROOM), await encodeLoop(tools, folder, { ...ROOM, fps: 15 })];
      expect(again).toBe(first);
      const { mtimeMs } = await stat(first);
      await encodeLoop(tools, folder, ROOM);
      expect((await stat(first)).mtimeMs).toBe(mtimeMs);
      expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    });

    it('may be asked for twice at the same time', async () => {
      const options = { ...ROOM, scene: 'ballot-box', width: 160, height: 90 } as const;
      const [one, other] = await Promise.all([encodeLoop(tools, folder, options), encodeLoop(tools, folder, options)]);
      expect(one).toBe(other);
      expect((await readLoop(one)).durationMs).toBe(16_000);
    });

    it('says why it could not be made, and leaves nothing', async () => {
      const elsewhere = join(folder, 'broken');
      const broken = { ffmpeg: '/bin/false', setpriv: undefined };
      await expect(encodeLoop(broken, elsewhere, ROOM)).rejects.toThrow(/could not encode the loop/);
      expect(await readdir(elsewhere)).toEqual([]);
    });

    it('is drawn for all cameras of a plan, and one that cannot be drawn holds up no other', async () => {
      const elsewhere = join(folder, 'plan');
      const one = { ...ROOM, cameraId: 'one', kind: 'rtmp-push', url: 'rtmp://127.0.0.1/live/one' } as const;
      const other = { ...one, cameraId: 'other', stationCode: '0413' };
      await mkdir(elsewhere);
      await writeFile(join(elsewhere, 'left-behind.flv.part'), '');
      await drawLoops(tools, elsewhere, [one, other]);
      expect((await readdir(elsewhere)).map((name) => name.slice(0, 4)).sort()).toEqual(['0412', '0413']);
      const broken = { ffmpeg: '/bin/false', setpriv: undefined };
      await expect(drawLoops(broken, join(folder, 'none'), [one, other])).rejects.toThrow('2 simulated cameras cannot be drawn');
    });
  });

  describe('streaming', () => {
    const login = { username: 'camera', password: 's3cret/with:signs' };
    const passphrase = 'a-secret-of-ours';
    const tcp = ['-rtsp_transport', 'tcp', '-i'];

    it('goes on evenly over the seam of the loop by RTSP, RTMP and SRT', async () => {
      const push = `rtmp://127.0.0.1:${await freePort()}/live/key`;
      const port = await freePort();
      const pushed = packetsOf(ffprobe, ['-listen', '1', '-f', 'flv', push], SECONDS);
      started(pushRtmp({ tools, source: source(), url: push }));
      started(serveSrt({ tools, source: source(), port, passphrase }));
      const pulled = packetsOf(ffprobe, [...tcp, server.urlOf(camera(loop, login))], SECONDS);
      const called = withRetries(() => packetsOf(ffprobe, [`srt://127.0.0.1:${port}?passphrase=${passphrase}`], SECONDS));
      for (const packets of await Promise.all([pulled, pushed, called])) {
        expect([...new Set(stepsOf(packets, 'video'))].filter((step) => !FRAME_STEPS.includes(step))).toEqual([]);
        expect(new Set(stepsOf(packets, 'audio'))).toEqual(new Set([64]));
        expect(stepsOf(packets, 'video').length).toBeGreaterThan((SECONDS - 1.5) * 15);
      }
    });

    it('refuses a wrong password and a wrong passphrase', async () => {
      const port = await freePort();
      started(serveSrt({ tools, source: source(), port, passphrase }));
      const rtsp = server.urlOf(camera(loop, login)).replace('s3cret', 'guessed');
      const srt = `srt://127.0.0.1:${port}?passphrase=another-secret`;
      await Promise.all([
        expect(runMedia(ffprobe, ['-v', 'error', ...tcp, rtsp])).rejects.toThrow(/401 Unauthorized/),
        expect(runMedia(ffprobe, ['-v', 'error', srt])).rejects.toThrow(/failed|error/i),
      ]);
    });

    it('comes back for the next SRT caller and the next RTMP server', async () => {
      const push = `rtmp://127.0.0.1:${await freePort()}/live/key`;
      const port = await freePort();
      const pushing = started(pushRtmp({ tools, source: source(), url: push }));
      started(serveSrt({ tools, source: source(), port }));
      const take = (input: string[]): Promise<Packet[]> => withRetries(() => packetsOf(ffprobe, input, 1));
      await Promise.all([take(['-listen', '1', '-f', 'flv', push]), take([`srt://127.0.0.1:${port}`])]);
      await Promise.all([take(['-listen', '1', '-f', 'flv', push]), take([`srt://127.0.0.1:${port}`])]);
      expect(pushing.stats.starts).toBeGreaterThan(1);
    });

    it('carries G.711, and changes its size in the middle of a connection', async () => {
      const small = await readLoop(await encodeLoop(tools, folder, { ...ROOM, width: 320, height: 180, audio: 'pcma' }));
      const heard = packetsOf(ffprobe, [...tcp, server.urlOf(camera(small))], 2);
      const stream = camera();
      const frames = ['-select_streams', 'v', '-show_entries', 'frame=width', '-of', 'csv=p=0'];
      const seen = runMedia(ffprobe, ['-v', 'quiet', ...tcp, server.urlOf(stream), '-read_intervals', '%+4', ...frames]);
      while (stream.stats.bytes < 100_000) await new Promise((resolve) => setTimeout(resolve, 50));
      stream.changeSource(source(small));
      expect([...new Set((await seen).toString().match(/\d+/g) ?? [])]).toEqual(['640', '320']);
      expect(new Set(stepsOf(await heard, 'audio'))).toEqual(new Set([128]));
    });
  });
});
