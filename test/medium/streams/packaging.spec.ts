import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CameraState } from '@app/contracts';
import { type CameraRig, eventually, startCameraRig } from './rig';

const run = promisify(execFile);

describe('packaging a camera that is called over RTSP', () => {
  let rig: CameraRig;
  beforeAll(async () => {
    rig = await startCameraRig({ audio: 'aac' });
  });
  afterAll(() => rig.stop());

  it('publishes a list that plays, within five seconds', async () => {
    const stream = rig.server.addStream('/one', rig.camera, { username: 'viewer', password: 'secret' });
    const cameraId = await rig.addCamera(rig.server.urlOf(stream));
    const toldLive: CameraState[] = [];
    rig.fanout.on('CameraStateChanged', ({ state }) => {
      if (state.state === 'live') toldLive.push(state);
    });
    const packager = await rig.startPackager();
    void packager.runtime.packagings.run(cameraId);
    await eventually('the camera is live', 8_000, async () => (await rig.state(cameraId))?.state === 'live');
    const list = await fetch(`${packager.origin}/hls/${cameraId}/live.m3u8`);
    const text = await list.text();
    expect(list.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(text).toContain('#EXT-X-PART');
    // A viewer that is told `live` is told of what at once; only the rates have to be measured first.
    const picture = { codec: 'h264', audioCodec: 'aac', width: 320, height: 240 };
    expect(toldLive[0]).toMatchObject(picture);
    expect(await codecsOf(`${packager.origin}/hls/${cameraId}/live.m3u8`)).toEqual(['aac', 'h264']);
  });
});

async function codecsOf(url: string): Promise<string[]> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'json', url]);
  const { streams } = JSON.parse(stdout) as { streams: { codec_name: string }[] };
  return streams.map((stream) => stream.codec_name).sort();
}
