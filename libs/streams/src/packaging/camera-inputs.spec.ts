import { Beat } from '@app/platform';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { CameraInputs, type OpenedInput } from './camera-inputs';
import { PushDesk } from './push-desk';
import { StartGate } from './start-gate';

/** Answers every request with a description of HEVC, and counts the calls. */
function hevcCamera(): { server: Server; calls: () => number } {
  let calls = 0;
  const sdp = 'v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H265/90000\r\n';
  const server = createServer((socket) => {
    calls += 1;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      const sequence = /CSeq: (\d+)/.exec(bytes.toString())?.[1];
      socket.write(`RTSP/1.0 200 OK\r\nCSeq: ${sequence}\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`);
    });
  });
  return { server, calls: () => calls };
}

describe('the inputs of a camera', () => {
  const { server, calls } = hevcCamera();
  const gate = new StartGate(1);
  const said: string[] = [];
  let url: string;
  const inputs = new CameraInputs('camera', {
    sources: { sourceOf: () => Promise.resolve({ source: { kind: 'rtsp', url }, settingsVersion: 7 }) },
    pushes: new PushDesk(),
    gate,
    beat: new Beat(),
  });
  const next = (): Promise<OpenedInput> =>
    inputs.next(new AbortController().signal, {
      onSettings: (version) => said.push(`settings ${version}`),
      onFault: (fault) => said.push(fault),
    });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `rtsp://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => server.close());

  it('are left to ffmpeg where we do not read them, and looked at again only when the settings change', async () => {
    for (const expected of [1, 1]) {
      const opened = await next();
      expect(opened.input).toEqual({ kind: 'url', url });
      expect(calls()).toBe(expected);
      opened.close();
    }
    inputs.forget();
    (await next()).close();
    expect(calls()).toBe(2);
    expect(said.slice(0, 2)).toEqual(['settings 7', 'connecting']);
  });

  it('give their place back when the camera cannot be opened', async () => {
    inputs.forget();
    const good = url;
    url = 'rtsp://127.0.0.1:1/';
    await expect(next()).rejects.toMatchObject({ code: 'connection-refused' });
    expect(gate.isFull).toBe(false);
    url = good;
  });
});
