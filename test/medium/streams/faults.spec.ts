import { execFile } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { freePort } from '@app/platform';
import { promisify } from 'node:util';
import { type LiveCamera, type MediaSource, RtspServer, type RtspStream, startLiveCamera } from '@app/simulator';
import { eventually, type Rig, type RunningPackager, startRig } from './rig';

/** Every bad camera at once on one packager, beside a good one: each gets its own reason, and the good one is not disturbed. */
describe('cameras that cannot be shown', () => {
  let rig: Rig;
  let packager: RunningPackager;
  let good: LiveCamera;
  let hevc: LiveCamera;
  let goodId: string;
  const server = new RtspServer();
  const garbage = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
  });
  const silent = createServer((socket) => socket.on('error', () => socket.destroy()));
  /** The way to the good camera, on which only so many bytes come back as fast as they are sent, and then one a second. */
  const dripping = (freely: number) =>
    createServer((socket) => {
      const camera = connect(server.port, '127.0.0.1');
      let left = freely;
      const drops = setInterval(() => {
        left += 1;
        pass();
      }, 1_000);
      const pass = (): void => {
        const piece = left > 0 ? (camera.read(Math.min(left, camera.readableLength)) as Buffer | null) : null;
        if (!piece) return;
        left -= piece.length;
        socket.write(piece);
      };
      const end = (): void => {
        clearInterval(drops);
        socket.destroy();
        camera.destroy();
      };
      for (const each of [socket, camera]) each.on('error', end).on('close', end);
      camera.on('readable', pass);
      socket.pipe(camera);
    });
  const slowToAnswer = dripping(0);
  const slowToSend = dripping(8_192);
  const strange = [garbage, silent, slowToAnswer, slowToSend];

  const start = async (url: string): Promise<string> => {
    const cameraId = await rig.addCamera(url);
    void packager.runtime.packagings.run(cameraId);
    return cameraId;
  };
  const stream = (name: string, shape: (stream: RtspStream) => void = () => undefined): string => {
    const added = server.addStream(`/${name}`, good);
    shape(added);
    return server.urlOf(added);
  };
  const throughServer = (way: Server, url: string): string => {
    const through = new URL(url);
    through.port = String((way.address() as AddressInfo).port);
    return through.href;
  };
  const reasonWithin15s = (cameraId: string, code: string) =>
    eventually(`the reason ${code}, not ${JSON.stringify(packager.runtime.packagings.get(cameraId)?.status)}`, 15_000, async () =>
      code.split('|').includes((await rig.state(cameraId))?.reason_code ?? ''),
    );

  const bad: [name: string, source: () => string | Promise<string>, reason: string][] = [
    ['an unknown host', () => 'rtsp://no-such-host.invalid/live', 'host-unknown'],
    ['a host that refuses', async () => `rtsp://127.0.0.1:${await freePort()}/live`, 'connection-refused'],
    [
      'a wrong password',
      () => {
        const protectedStream = server.addStream('/protected', good, { username: 'viewer', password: 'right' });
        return server.urlOf(protectedStream).replace('right', 'wrong');
      },
      'unauthorized',
    ],
    ['a path without a stream', () => `rtsp://127.0.0.1:${server.port}/nothing`, 'path-not-found'],
    ['something that is no stream', () => `rtsp://127.0.0.1:${(garbage.address() as AddressInfo).port}/live`, 'not-a-stream'],
    ['a host that accepts and says nothing', () => `rtsp://127.0.0.1:${(silent.address() as AddressInfo).port}/live`, 'silent'],
    ['a host that answers a byte a second', () => throughServer(slowToAnswer, stream('slow-to-answer')), 'silent'],
    ['a camera that sends a byte a second', () => throughServer(slowToSend, stream('slow-to-send')), 'silent'],
    ['a camera without a picture', () => stream('sound', (each) => each.audioOnly()), 'no-video'],
    ['a camera that freezes before its first frame', () => stream('frozen', (each) => each.freeze()), 'silent'],
    ['a camera without key frames', () => stream('no-key', (each) => each.withoutKeyFrames()), 'no-key-frame'],
    ['garbage instead of pictures', () => stream('garbage', (each) => each.garbage('payload')), 'media-invalid'],
    // ffmpeg skips what is no packet, so by its luck this is garbage or, when it never finds one, silence.
    ['garbage instead of packets', () => stream('raw', (each) => each.garbage('raw')), 'media-invalid|silent'],
  ];

  beforeAll(async () => {
    rig = await startRig();
    good = await startLiveCamera({ tools: rig.tools, name: 'GOOD', audio: 'aac' });
    hevc = await startLiveCamera({ tools: rig.tools, name: 'HEVC', codec: 'hevc', width: 160, height: 120, fps: 10 });
    await server.listen();
    for (const each of strange) await new Promise<void>((resolve) => each.listen(0, '127.0.0.1', resolve));
    packager = await rig.startPackager();
    goodId = await start(stream('good'));
    await eventually('the good camera is live', 10_000, async () => (await rig.state(goodId))?.state === 'live');
  });

  afterAll(async () => {
    const runs = await rig.db.selectFrom('runs').select('end_reason').where('camera_id', '=', goodId).execute();
    const state = await rig.state(goodId);
    await rig.stop();
    await server.close();
    await good.stop();
    await hevc.stop();
    for (const each of strange) each.close();
    expect(runs).toEqual([{ end_reason: null }]);
    expect(state?.state).toBe('live');
  });

  it('are each told apart within 15 s', async () => {
    // All at once: none may wait for another.
    const seen = await Promise.all(
      bad.map(async ([name, source, reason]) => {
        const cameraId = await start(await source());
        await reasonWithin15s(cameraId, reason).catch(() => undefined);
        const found = (await rig.state(cameraId))?.reason_code ?? 'none';
        return [name, reason.split('|').includes(found) ? reason : found];
      }),
    );
    expect(seen).toEqual(bad.map(([name, , reason]) => [name, reason]));
  });

  it('shows a camera that sends HEVC, transcoded', async () => {
    const cameraId = await start(server.urlOf(server.addStream('/hevc', hevc)));
    await eventually('the camera is live', 15_000, async () => (await rig.state(cameraId))?.state === 'live');
    const run = await eventually('its run is known', 2_000, () =>
      rig.db.selectFrom('runs').select('codecs').where('camera_id', '=', cameraId).executeTakeFirst(),
    );
    expect(run.codecs).toMatch(/^avc1\./);
  });

  it('leaves a camera whose pictures are out of order to ffmpeg, at once', async () => {
    const outOfOrder: MediaSource = {
      format: good.format,
      subscribe: (listener) => {
        let pictures = 0;
        return good.subscribe((samples) =>
          listener(
            samples.map((sample) => {
              if (sample.kind === 'audio') return sample;
              pictures = sample.key ? 0 : pictures + 1;
              // As after P, B: every second picture is shown before the one that was sent before it.
              const frames = pictures === 0 ? 0 : pictures % 2 === 1 ? 1 : -1;
              return { ...sample, timeMs: sample.timeMs + (frames * 1000) / good.format.video.fps };
            }),
          ),
        );
      },
    };
    const url = server.urlOf(server.addStream('/b-frames', outOfOrder));
    const cameraId = await start(url);
    await eventually('the camera is live', 10_000, async () => (await rig.state(cameraId))?.state === 'live');
    const { stdout } = await promisify(execFile)('pgrep', ['-P', String(process.pid), '-f', `ffmpeg.*${url}`]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });
});
