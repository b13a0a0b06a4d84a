import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type CameraRig, eventually, startCameraRig } from './rig';

/** The way to PostgreSQL, which can be closed (connections are refused) or made to swallow everything. */
class Road {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;
  private swallows = false;

  constructor(private readonly target: URL) {}

  async open(): Promise<string> {
    this.swallows = false;
    this.server = createServer((socket) => this.join(socket));
    const server = this.server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    const url = new URL(this.target);
    url.port = String(this.port);
    return url.href;
  }

  close(): void {
    this.server?.close();
    this.cut();
  }

  swallow(): void {
    this.swallows = true;
    this.cut();
  }

  private cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private join(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (this.swallows) return;
    const onward = connect(Number(this.target.port), this.target.hostname);
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  }
}

describe('a packager without its database', () => {
  let rig: CameraRig;
  beforeAll(async () => {
    rig = await startCameraRig();
  });
  afterAll(() => rig.stop());

  const rows = (cameraId: string) =>
    rig.db
      .selectFrom('segments')
      .select(['media_sequence', 'kind', 'generation'])
      .where('camera_id', '=', cameraId)
      .orderBy('media_sequence')
      .execute();
  const startCamera = async (path: string) => {
    const road = new Road(new URL(rig.url));
    const packager = await rig.startPackager({ databaseUrl: await road.open() });
    const cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream(path, rig.camera)));
    void packager.runtime.packagings.run(cameraId);
    await eventually('live', 10_000, async () => (await rig.state(cameraId))?.state === 'live');
    return { road, packager, cameraId };
  };
  const listStatus = async (origin: string, cameraId: string) => (await fetch(`${origin}/hls/${cameraId}/live.m3u8`)).status;

  it('goes on while it is down for longer than a lease, and reports all of it later', async () => {
    const { road, packager, cameraId } = await startCamera('/down');
    road.close();
    await delay(9_000);
    expect(await listStatus(packager.origin, cameraId)).toBe(200);
    const behind = (await rows(cameraId)).length;
    await road.open();
    await eventually('the rows of that time', 10_000, async () => (await rows(cameraId)).length >= behind + 4);
    const after = await rows(cameraId);
    expect(after.map((row) => row.media_sequence)).toEqual(after.map((_, index) => index));
    expect(after.every((row) => row.kind === 'media' && row.generation === 1)).toBe(true);
    await packager.stop();
    road.close();
  });

  it('stops publishing when it is cut off from it, and goes on once it is back', async () => {
    const { road, packager, cameraId } = await startCamera('/cut');
    road.swallow();
    await eventually('the list is refused', 8_000, async () => (await listStatus(packager.origin, cameraId)) === 421);
    road.close();
    await road.open();
    await eventually('the list is there again', 20_000, async () => (await listStatus(packager.origin, cameraId)) === 200);
    await packager.stop();
    road.close();
  });
});
