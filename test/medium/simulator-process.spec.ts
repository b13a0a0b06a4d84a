import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FfmpegTools } from '@app/ffmpeg';
import { freePort } from '@app/platform';
import { RtspServer, Simulator, readClockStrip, startLiveCamera, type LiveCamera, type SimulatorPlan } from '@app/simulator';
import { type ProcessIdentity, processTree, survivors } from '@app/testing';
import { findTools, packetsOf, runMedia, withRetries } from './simulator-media';

const station = { stationCode: '0412', stationName: 'Northfield school', cameraName: 'Camera' };

const childrenOfOurs = (): ProcessIdentity[] =>
  processTree(process.pid).filter(({ pid, command }) => pid !== process.pid && command.includes('ffmpeg'));

describe('Simulator process', () => {
  let tools: FfmpegTools;
  let ffprobe: string;
  let directory: string;

  beforeAll(async () => {
    tools = await findTools();
    ffprobe = tools.ffprobe ?? 'ffprobe';
    directory = await mkdtemp(join(tmpdir(), 'simulator-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  describe(Simulator.name, () => {
    const running: Simulator[] = [];
    const simulator = (
      plan: SimulatorPlan,
      onProblem: (cameraId: string, error: unknown) => void,
      using = directory,
      program = tools,
    ): Simulator => {
      const made = new Simulator({ plan, tools: program, directory: using, onProblem });
      running.push(made);
      return made;
    };

    // Also after a failure: a simulator that goes on would keep the test run from ending.
    afterEach(() => Promise.all(running.splice(0).map((made) => made.stop())));

    it('runs a plan of all kinds of cameras and leaves no process behind', async () => {
      const [rtspPort, srtPort, rtmpPort] = [await freePort(), await freePort(), await freePort()];
      const push = `rtmp://127.0.0.1:${rtmpPort}/live/key`;
      const plan: SimulatorPlan = {
        cameras: [
          { ...station, cameraId: 'push', kind: 'rtmp-push', scene: 'ballot-box', url: push },
          { ...station, cameraId: 'srt', kind: 'srt', scene: 'overview', port: srtPort },
          { ...station, cameraId: 'rtsp', kind: 'rtsp', scene: 'overview', port: rtspPort, path: '/0412/1' },
        ],
      };
      const problems: string[] = [];
      const sut = simulator(plan, (cameraId, error) => problems.push(`${cameraId}: ${String(error)}`));
      const pushed = packetsOf(ffprobe, ['-listen', '1', '-f', 'flv', push], 1);
      await sut.start();
      await sut.prepared;
      expect(problems).toEqual([]);
      const pulled = ['-rtsp_transport', 'tcp', `rtsp://127.0.0.1:${rtspPort}/0412/1`];
      const called = [`srt://127.0.0.1:${srtPort}`];
      const seen = await Promise.all([
        pushed,
        ...[pulled, called].map((input) => withRetries(() => packetsOf(ffprobe, input, 1))),
      ]);
      for (const packets of seen) expect(packets.length).toBeGreaterThan(10);
      // The callers have left: each sender is about to start its next ffmpeg.
      while (childrenOfOurs().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      const children = childrenOfOurs();
      await sut.stop();
      expect(await survivors(children, 3000)).toEqual([]);
    });

    it('does not start when its port is taken', async () => {
      const other = new RtspServer();
      const port = await other.listen();
      const camera = { ...station, cameraId: 'a', kind: 'rtsp', scene: 'overview', port, path: '/a' } as const;
      const sut = simulator({ cameras: [camera] }, () => undefined);
      await expect(sut.start()).rejects.toThrow(/EADDRINUSE/);
      await other.close();
    });

    it('names a camera that cannot be shown', async () => {
      const port = await freePort();
      const camera = { ...station, cameraId: 'broken', kind: 'rtsp', scene: 'overview', port, path: '/a' } as const;
      const problems: string[] = [];
      const broken = { ...tools, ffmpeg: '/bin/false' };
      const sut = simulator({ cameras: [camera] }, (cameraId) => problems.push(cameraId), join(directory, 'none'), broken);
      await sut.start();
      await sut.prepared;
      expect(problems).toEqual(['broken']);
    });
  });

  describe('live camera', () => {
    const server = new RtspServer();
    const cameras: LiveCamera[] = [];
    const size = { width: 400, height: 300 };

    beforeAll(() => server.listen());
    afterAll(async () => {
      await Promise.all(cameras.map((camera) => camera.stop()));
      await server.close();
    });

    it.each(['h264', 'hevc'] as const)(
      'shows the UTC of each picture so that it can be read after %s and scaling',
      async (codec) => {
        const began = Date.now();
        const camera = await startLiveCamera({ tools, name: 'Clock', codec });
        cameras.push(camera);
        const stream = server.addStream(`/clock/${codec}`, camera);
        const scale = [
          '-vsync',
          '0',
          '-vf',
          `scale=${size.width}:${size.height}`,
          '-pix_fmt',
          'rgba',
          '-f',
          'rawvideo',
          'pipe:1',
        ];
        const input = ['-v', 'error', '-rtsp_transport', 'tcp', '-i', server.urlOf(stream)];
        const pixels = await runMedia(tools.ffmpeg, [...input, '-frames:v', '10', ...scale]);
        const bytes = size.width * size.height * 4;
        const times = Array.from({ length: 10 }, (_, index) => {
          return readClockStrip({ data: pixels.subarray(index * bytes, (index + 1) * bytes), ...size }) ?? NaN;
        });
        expect(times[0]).toBeGreaterThanOrEqual(began);
        expect(times.at(-1)).toBeLessThanOrEqual(Date.now());
        times.slice(1).forEach((time, index) => expect(time).toBeGreaterThan(times[index] ?? 0));
      },
    );

    it('has sound when asked for it', async () => {
      const camera = await startLiveCamera({ tools, name: 'Clock', audio: 'aac' });
      cameras.push(camera);
      const stream = server.addStream('/clock/sound', camera);
      const packets = await packetsOf(ffprobe, ['-rtsp_transport', 'tcp', server.urlOf(stream)], 2);
      expect(packets.filter((packet) => packet.kind === 'audio').length).toBeGreaterThan(20);
      expect(packets.filter((packet) => packet.kind === 'video').length).toBeGreaterThan(20);
    });

    it('says why it could not start', async () => {
      const broken = { ffmpeg: '/bin/false', setpriv: undefined };
      await expect(startLiveCamera({ tools: broken, name: 'Clock' })).rejects.toThrow(/could not encode a live camera/);
    });
  });
});
