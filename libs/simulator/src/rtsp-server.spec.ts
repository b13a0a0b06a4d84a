import { once } from 'node:events';
import { type InterleavedFrame, depacketized, nalOf } from './rtp-reader.fixture';
import { HandSource, PPS, RawClient } from './rtsp-client.fixture';
import { RtspServer } from './rtsp-server';
import type { RtspStream } from './rtsp-stream';

const isSound = (frame: InterleavedFrame): boolean => frame.channel === 2;
const pictureNals = (frames: InterleavedFrame[]): number[] =>
  depacketized(
    'h264',
    frames.filter((frame) => frame.channel === 0).map((frame) => frame.payload),
  ).map((nal) => (nal[0] ?? 0) & 0x1f);

describe(RtspServer.name, () => {
  let sut: RtspServer;
  let source: HandSource;
  let stream: RtspStream;

  beforeEach(async () => {
    sut = new RtspServer();
    source = new HandSource();
    await sut.listen();
    stream = sut.addStream('/0412/overview', source);
  });

  afterEach(() => sut.close());

  const playing = async (): Promise<RawClient> => {
    const client = await RawClient.connect(sut, '/0412/overview');
    await client.play();
    return client;
  };

  describe('conversation', () => {
    it('takes a client from OPTIONS to TEARDOWN', async () => {
      const client = await RawClient.connect(sut, '/0412/overview');
      expect((await client.ask('OPTIONS')).text).toMatch(/Public: .*PLAY/);
      expect((await client.ask('DESCRIBE')).text).toMatch(
        /Content-Base: rtsp:\/\/127.0.0.1:\d+\/0412\/overview\/\r\n[^]*m=video/,
      );
      await client.play();
      expect(stream.stats).toMatchObject({ clients: 1, plays: 1 });
      expect((await client.ask('GET_PARAMETER')).status).toBe(200);
      expect((await client.ask('TEARDOWN')).status).toBe(200);
      expect(stream.stats).toMatchObject({ clients: 0, plays: 1 });
      expect(source.listeners.size).toBe(0);
    });

    it('answers 404 for a path without a camera, 461 for UDP, 454 for PLAY without SETUP, 501 for the rest', async () => {
      const stranger = await RawClient.connect(sut, '/nowhere');
      expect((await stranger.ask('DESCRIBE')).status).toBe(404);
      const client = await RawClient.connect(sut, '/0412/overview');
      const udp = await client.ask('SETUP', { track: 0, headers: ['Transport: RTP/AVP;unicast;client_port=5000-5001'] });
      expect(udp.status).toBe(461);
      expect((await client.ask('PLAY')).status).toBe(454);
      expect((await client.ask('RECORD')).status).toBe(501);
    });

    it('hangs up on a client that speaks something else', async () => {
      const client = await RawClient.connect(sut, '/');
      client.socket.write('GET / HTTP/1.1\r\n\r\n');
      await client.closed;
    });

    it('lets nobody in without the password, and asks again for each request', async () => {
      const credentials = { username: 'camera', password: 's3cret' };
      sut.addStream('/locked', source, credentials);
      const client = await RawClient.connect(sut, '/locked');
      const refused = await client.ask('DESCRIBE');
      const nonce = /nonce="(\w+)"/.exec(refused.text)?.[1] ?? '';
      expect(refused.status).toBe(401);
      expect((await client.ask('DESCRIBE', { login: { ...credentials, password: 'wrong', nonce } })).status).toBe(401);
      expect((await client.ask('DESCRIBE', { login: { ...credentials, nonce } })).status).toBe(200);
      expect((await client.setup(0)).status).toBe(401);
    });
  });

  describe('media', () => {
    it('starts at a key frame, with parameter sets', async () => {
      const client = await playing();
      source.picture(0, false);
      source.sound(0);
      source.picture(100, true);
      source.sound(110);
      expect(pictureNals(await client.framesUntil(isSound))).toEqual([7, 8, 5]);
    });

    it('keeps timestamps in step with the times of the source', async () => {
      const client = await playing();
      source.picture(500, true);
      source.picture(600, false);
      source.sound(640);
      const frames = (await client.framesUntil(isSound)).filter((frame) => frame.channel === 0);
      const [first, last] = [frames[0]?.timestamp ?? 0, frames.at(-1)?.timestamp ?? 0];
      expect((last - first + 2 ** 32) % 2 ** 32).toBe(9000);
    });

    it('drops a client that does not read', async () => {
      const client = await playing();
      client.socket.pause();
      const big = Array.from({ length: 40 }, () => nalOf('h264', 5, 500_000));
      for (const nal of big)
        for (const listener of source.listeners) listener([{ kind: 'video', timeMs: 0, key: true, nals: [nal] }]);
      client.socket.resume();
      await client.closed;
    });
  });

  describe('faults', () => {
    it('freeze keeps the connection silent, and resume goes on at a key frame', async () => {
      const client = await playing();
      stream.freeze();
      source.picture(0, true);
      stream.resume();
      source.picture(100, false);
      source.picture(200, true);
      source.sound(210);
      const frames = await client.framesUntil(isSound);
      expect(pictureNals(frames)).toEqual([7, 8, 5]);
      expect((await client.ask('GET_PARAMETER')).status).toBe(200);
    });

    it('drop cuts clients off and lets them come again', async () => {
      const client = await playing();
      stream.drop();
      await client.closed;
      await playing();
      expect(stream.stats.plays).toBe(2);
    });

    it('dropEvery cuts each client off after its time', async () => {
      stream.dropEvery(30);
      const client = await playing();
      await client.closed;
      stream.dropEvery(undefined);
      const stays = await playing();
      expect((await stays.ask('GET_PARAMETER')).status).toBe(200);
    });

    it('jumpTimestamps moves the clock of the media', async () => {
      const client = await playing();
      source.picture(0, true);
      stream.jumpTimestamps(7200);
      source.picture(100, false);
      source.sound(110);
      const frames = (await client.framesUntil(isSound)).filter((frame) => frame.channel === 0);
      const jump = ((frames.at(-1)?.timestamp ?? 0) - (frames[0]?.timestamp ?? 0) + 2 ** 32) % 2 ** 32;
      expect(jump).toBe(7200 * 90_000 + 9000);
    });

    it('withoutKeyFrames sends the other pictures from the start', async () => {
      stream.withoutKeyFrames();
      const client = await playing();
      source.picture(0, true);
      source.picture(100, false);
      source.sound(110);
      expect(pictureNals(await client.framesUntil(isSound))).toEqual([1]);
    });

    it('garbage spoils the payload of well-formed packets', async () => {
      stream.garbage('payload');
      const client = await playing();
      source.picture(0, true);
      source.sound(10);
      const frames = await client.framesUntil(isSound);
      expect(frames.map((frame) => frame.payload.length)).toEqual([1000, 1000]);
      expect(frames.some((frame) => frame.payload.includes('sound'))).toBe(false);
    });

    it('raw garbage is no RTP at all', async () => {
      stream.garbage('raw');
      const client = await playing();
      const received = once(client.socket, 'data');
      source.picture(0, true);
      expect(((await received)[0] as Buffer).length).toBeGreaterThanOrEqual(1400);
      expect(stream.stats.bytes).toBe(1400);
    });

    it('audioOnly describes and sends no picture', async () => {
      stream.audioOnly();
      const client = await RawClient.connect(sut, '/0412/overview');
      expect((await client.ask('DESCRIBE')).text).not.toContain('m=video');
      expect((await client.setup(0)).status).toBe(404);
      await client.setup(1);
      await client.ask('PLAY');
      source.picture(0, true);
      source.sound(10);
      expect((await client.framesUntil(isSound)).map((frame) => frame.channel)).toEqual([2]);
    });

    it('changeSource sends the new format in the stream and keeps the clock even', async () => {
      const client = await playing();
      source.picture(50_000, true);
      const other = new HandSource();
      const bigger = nalOf('h264', 7, 30);
      other.format.video.parameterSets = [bigger, PPS];
      stream.changeSource(other);
      source.picture(50_100, true);
      other.picture(3000, false);
      other.picture(3100, true);
      other.sound(3110);
      const pictures = (await client.framesUntil(isSound)).filter((frame) => frame.channel === 0);
      expect(pictures.map((frame) => frame.payload).slice(3, 4)).toEqual([bigger]);
      expect(pictureNals(pictures)).toEqual([7, 8, 5, 7, 8, 5]);
      const step = ((pictures.at(-1)?.timestamp ?? 0) - (pictures[0]?.timestamp ?? 0) + 2 ** 32) % 2 ** 32;
      expect(step).toBe(2 * 9000);
    });

    it('refuseConnections closes the port until acceptConnections', async () => {
      const { port } = sut;
      await sut.refuseConnections();
      await expect(RawClient.connect(sut, '/0412/overview')).rejects.toThrow(/ECONNREFUSED/);
      await sut.acceptConnections();
      expect(sut.port).toBe(port);
      await playing();
    });
  });
});
