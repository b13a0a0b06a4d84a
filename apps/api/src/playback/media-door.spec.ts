import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import type { Config } from '@app/config';
import { type Clock, DomainError } from '@app/platform';
import { LiveMedia } from './live-media';
import { mediaDoor } from './media-door';
import { OriginClient } from './origin-client';
import type { MediaQuestion, OwnerClient } from './owner-client';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const PART = `/hls/${ID}/part/1.0.m4s`;
const LIST = `/hls/${ID}/live.m3u8`;
const BODY = Buffer.from('0123456789'.repeat(1_000));
const MEDIA = { 'Content-Type': 'video/iso.segment', 'Cache-Control': 'public, max-age=31536000, immutable' };

interface Got {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

describe(mediaDoor, () => {
  let origin: Server;
  let edge: Server;
  let client: OriginClient;
  const agent = new Agent({ keepAlive: true });
  let asked: { request: IncomingMessage; response: ServerResponse }[];
  let onAsked: (request: IncomingMessage, response: ServerResponse) => void;
  let statuses: number[];
  let refusal: DomainError | undefined;

  beforeEach(async () => {
    [asked, statuses, refusal] = [[], [], undefined];
    onAsked = (_, response) => response.writeHead(200, { ...MEDIA, 'Content-Length': BODY.length }).end(BODY);
    origin = createServer((request, response) => {
      asked.push({ request, response });
      onAsked(request, response);
    });
    await listening(origin);
    client = new OriginClient();
    await open(1_048_576);
  });
  afterEach(async () => {
    client.onModuleDestroy();
    for (const server of [edge, origin]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  afterAll(() => agent.destroy());

  async function open(mediaCacheBytes: number): Promise<void> {
    edge?.close();
    const originUrl = `http://127.0.0.1:${portOf(origin)}`;
    const owners = {
      ask: (_: string, question: MediaQuestion) => (refusal ? Promise.reject(refusal) : client.get({ ...question, originUrl })),
    } as unknown as OwnerClient;
    const clock = { monotonicMs: () => performance.now() } as Clock;
    const media = new LiveMedia(owners, { mediaCacheBytes } as Config, clock);
    const answered = (_: IncomingMessage, response: ServerResponse) => void statuses.push(response.statusCode);
    const door = mediaDoor({ media, answered, logger: pino({ level: 'silent' }), https: false });
    edge = createServer((request, response) => void (door(request, response) || response.writeHead(404).end('others')));
    await listening(edge);
  }

  const fetchIt = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> =>
    new Promise((resolve, reject) => {
      request({ port: portOf(edge), path, headers, method, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
        response.on('error', reject);
      })
        .on('error', reject)
        .end();
    });

  it('makes one request to the origin of those of many viewers, then and shortly after', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetchIt(PART)));
    expect(answers.every(({ status, body }) => status === 200 && body.equals(BODY))).toBe(true);
    expect((await fetchIt(PART)).body).toEqual(BODY);
    expect(asked).toHaveLength(1);
    expect(statuses).toHaveLength(51);
  });

  it('passes on what the origin says of the media, and adds what every answer carries', async () => {
    const { headers } = await fetchIt(PART, { 'x-request-id': 'mine' });
    expect(headers).toMatchObject({
      'content-type': 'video/iso.segment',
      'cache-control': MEDIA['Cache-Control'],
      'content-length': String(BODY.length),
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'mine',
    });
  });

  it('answers HEAD and ranges out of the one body', async () => {
    await fetchIt(PART);
    const head = await fetchIt(PART, {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(BODY.length), 0]);
    const range = await fetchIt(PART, { range: 'bytes=5-14' });
    expect([range.status, range.headers['content-range'], range.body.toString()]).toEqual([
      206,
      `bytes 5-14/${BODY.length}`,
      '5678901234',
    ]);
    const beyond = await fetchIt(PART, { range: `bytes=${BODY.length}-` });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${BODY.length}`]);
    expect(asked).toHaveLength(1);
  });

  it('asks for compressed lists for those who read them, and keeps the two forms apart', async () => {
    onAsked = ({ headers }, response) => {
      const encoding = headers['accept-encoding'] === 'gzip' ? { 'Content-Encoding': 'gzip' } : {};
      const body = 'Content-Encoding' in encoding ? 'zipped' : 'plain';
      response
        .writeHead(200, {
          'Cache-Control': 'public, max-age=1',
          Vary: 'Accept-Encoding',
          'Content-Length': body.length,
          ...encoding,
        })
        .end(body);
    };
    const zipped = await fetchIt(LIST, { 'accept-encoding': 'gzip, br' });
    const plain = await fetchIt(LIST);
    expect([zipped.body.toString(), zipped.headers['content-encoding'], zipped.headers.vary]).toEqual([
      'zipped',
      'gzip',
      'Accept-Encoding',
    ]);
    expect([plain.body.toString(), plain.headers['content-encoding']]).toEqual(['plain', undefined]);
  });

  it('goes on for the others when one viewer leaves, and leaves the origin when all have', async () => {
    onAsked = () => undefined;
    const leaver = get({ port: portOf(edge), path: `${LIST}?_HLS_msn=9` }).on('error', () => undefined);
    await until(() => asked.length === 1);
    const stayer = fetchIt(`${LIST}?_HLS_msn=9`);
    await once(edge, 'request');
    leaver.destroy();
    await until(() => statuses.length === 1);
    asked[0]?.response.writeHead(200, { 'Content-Length': 4 }).end('list');
    expect((await stayer).body.toString()).toBe('list');
    expect(asked).toHaveLength(1);

    const last = get({ port: portOf(edge), path: `${LIST}?_HLS_msn=10` }).on('error', () => undefined);
    await until(() => asked.length === 2);
    const left = once(asked[1]!.response, 'close');
    last.destroy();
    await left;
    expect(asked[1]?.response.writableFinished).toBe(false);
  });

  it('asks again when the origin ends in the middle of a body', async () => {
    onAsked = (_, response) => {
      response.writeHead(200, { ...MEDIA, 'Content-Length': BODY.length });
      if (asked.length === 1) response.write(BODY.subarray(0, 100), () => response.destroy());
      else response.end(BODY);
    };
    const answers = await Promise.all([fetchIt(PART), fetchIt(PART)]);
    expect(answers.map(({ body }) => body.equals(BODY))).toEqual([true, true]);
    expect(asked).toHaveLength(2);
  });

  it('tells each viewer of a refusal under an id of its own, and asks again next time', async () => {
    refusal = new DomainError('stream.not-live', 'Nobody is there.', { reason: null }, { retryAfterSeconds: 2 });
    const [first, second] = await Promise.all([fetchIt(LIST), fetchIt(LIST)]);
    expect([first?.status, first?.headers['retry-after'], first?.headers['cache-control']]).toEqual([503, '2', 'no-store']);
    expect(first?.headers['access-control-allow-origin']).toBe('*');
    const bodies = [first, second].map((each) => JSON.parse(String(each?.body)) as { code: string; requestId: string });
    expect(bodies.map(({ code }) => code)).toEqual(['stream.not-live', 'stream.not-live']);
    expect(bodies.map(({ requestId }) => requestId)).toEqual([first, second].map((each) => each?.headers['x-request-id']));
    expect(bodies[0]?.requestId).not.toBe(bodies[1]?.requestId);
    refusal = undefined;
    expect((await fetchIt(LIST)).status).toBe(200);
  });

  it('streams what cannot be held, ranges too', async () => {
    await open(8_192);
    onAsked = ({ headers }, response) => {
      if (!headers.range) return void response.writeHead(200, { ...MEDIA, 'Content-Length': BODY.length }).end(BODY);
      response.writeHead(206, { ...MEDIA, 'Content-Length': 10, 'Content-Range': `bytes 0-9/${BODY.length}` });
      response.end(BODY.subarray(0, 10));
    };
    const whole = await fetchIt(PART);
    expect([whole.status, whole.body.equals(BODY)]).toEqual([200, true]);
    const range = await fetchIt(PART, { range: 'bytes=0-9' });
    expect([range.status, range.headers['content-range'], range.body.length]).toEqual([206, `bytes 0-9/${BODY.length}`, 10]);
  });

  it('breaks the connection when a streamed body breaks off', async () => {
    await open(0);
    onAsked = (_, response) => {
      response.writeHead(200, { ...MEDIA, 'Content-Length': BODY.length });
      response.write(BODY.subarray(0, 100), () => response.destroy());
    };
    await expect(fetchIt(PART)).rejects.toThrow();
    expect(asked).toHaveLength(1);
  });

  it('leaves other addresses to others', async () => {
    expect((await fetchIt('/hls/nothing')).body.toString()).toBe('others');
  });
});

const listening = async (server: Server): Promise<void> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve));
}
