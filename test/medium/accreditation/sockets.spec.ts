import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { startRedis, type TestRedis } from '@app/testing';
import { Rig } from './applicants';

/** A promise of the product. */
const AT_ONCE_MS = 5_000;

describe.each(['PostgreSQL', 'Redis'])('an accreditation that is taken back, with the fan-out on %s', (engine) => {
  let redis: TestRedis | undefined;
  let rig: Rig;
  beforeAll(async () => {
    redis = engine === 'Redis' ? await startRedis() : undefined;
    rig = await Rig.start(redis ? { REDIS_URL: redis.url } : {});
  });
  afterAll(async () => {
    await rig.stop();
    await redis?.stop();
  });

  const connect = async (cookie: string): Promise<Socket> => {
    const { port } = rig.api.server.address() as AddressInfo;
    const options = {
      path: '/realtime',
      transports: ['websocket'],
      extraHeaders: { Cookie: cookie },
      reconnection: false,
      forceNew: true,
    };
    const socket = io(`http://127.0.0.1:${port}`, options);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return socket;
  };

  it.each(['suspend', 'revoke'])('closes the open sockets and sessions of its holder and of nobody else: %s', async (change) => {
    const [ana, ben] = [await rig.observer(), await rig.observer({ kind: 'stations', stations: ['N1'] })];
    const [socket, other] = [await connect(ana.cookie), await connect(ben.cookie)];
    const closed = new Promise<number>((resolve) => {
      socket.once('disconnect', () => resolve(performance.now()));
    });
    const since = performance.now();
    await rig.decide(ana.id, change, { reason: 'a complaint' }).expect(200);
    expect((await closed) - since).toBeLessThan(AT_ONCE_MS);
    await rig.api.guest.get('/api/v1/sessions/current').set('Cookie', ana.cookie).expect(401);
    await rig.api.guest.get('/api/v1/sessions/current').set('Cookie', ben.cookie).expect(200);
    expect(other.connected).toBe(true);
    other.disconnect();
  });
});
