import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MediaFirstAdapter } from './media-first.adapter';

describe(MediaFirstAdapter, () => {
  let server: Server;
  let url: string;

  beforeEach(async () => {
    const adapter = new MediaFirstAdapter();
    adapter.get('/other', (_request: unknown, response: { end(text: string): void }) => response.end('express'));
    adapter.initHttpServer();
    adapter.answerMediaWith((request, response) => {
      if (request.url !== '/media') return false;
      response.end('media');
      return true;
    });
    server = adapter.getHttpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const textOf = async (path: string): Promise<string> => (await fetch(url + path)).text();

  it('answers media itself and leaves the rest to Express', async () => {
    expect([await textOf('/media'), await textOf('/other')]).toEqual(['media', 'express']);
  });

  it.each(['/media', '/other'])('keeps an idle connection longer than a proxy in front would: %s', async (path) => {
    const seconds = /timeout=(\d+)/.exec((await fetch(url + path)).headers.get('keep-alive') ?? '')?.[1];
    expect(Number(seconds)).toBeGreaterThan(60);
  });
});
