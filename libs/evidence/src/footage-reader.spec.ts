import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@app/platform';
import type { IndexedSegment } from './clip-plan';
import { FootageReader } from './footage-reader';

const logger = createLogger('test', 'silent');
const segment: IndexedSegment = {
  cameraId: 'cam',
  mediaSequence: 7,
  runId: 'run',
  startsAt: 0,
  durationMs: 2000,
  independent: true,
  file: 'cam/run/0.m4s',
  byteOffset: 4,
  byteLength: 6,
};

describe(FootageReader.name, () => {
  let media: string;
  let server: Server | undefined;

  beforeEach(async () => {
    media = await mkdtemp(join(tmpdir(), 'pollglass-reader-'));
  });
  afterEach(async () => {
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
    await rm(media, { recursive: true, force: true });
  });

  async function origin(answer: RequestListener): Promise<string> {
    server = createServer({ keepAliveTimeout: 1 }, answer);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  async function onDisk(content: string): Promise<void> {
    await mkdir(join(media, 'cam/run'), { recursive: true });
    await writeFile(join(media, 'cam/run/0.m4s'), content);
  }
  const read = async (url: string | undefined, wanted = segment): Promise<string> => {
    const found = await new FootageReader(url, media, logger).read(wanted);
    return found.kind === 'bytes' ? found.bytes.toString() : 'missing';
  };

  it('asks the origin for the segment by its number', async () => {
    const url = await origin((request, response) => response.end(request.url === '/hls/cam/seg/7.m4s' ? 'origin' : 'wrong!'));
    expect(await read(url)).toBe('origin');
  });

  it('reads the bytes from disk when the origin has the segment no more', async () => {
    await onDisk('....onDisk....');
    const url = await origin((_request, response) => response.writeHead(404).end());
    expect(await read(url)).toBe('onDisk');
  });

  it('does not take an answer of another length than the index says', async () => {
    await onDisk('....onDisk....');
    const url = await origin((_request, response) => response.end('too long by far'));
    expect(await read(url)).toBe('onDisk');
  });

  it('does not ask an origin again that did not answer', async () => {
    await onDisk('....onDisk....');
    let asked = 0;
    const url = await origin((_request, response) => {
      asked += 1;
      response.destroy();
    });
    const sut = new FootageReader(url, media, logger);
    await sut.read(segment);
    await sut.read(segment);
    expect(asked).toBe(1);
  });

  it.each([
    ['the file is gone', undefined],
    ['the file is cut short', '....onD'],
  ])('misses a segment when %s', async (_name, content) => {
    if (content !== undefined) await onDisk(content);
    expect(await read(undefined)).toBe('missing');
  });

  it('misses a segment whose bytes were deleted', async () => {
    expect(await read(undefined, { ...segment, file: null, byteOffset: null, byteLength: null })).toBe('missing');
  });

  it('refuses a file outside the media folder', async () => {
    await expect(read(undefined, { ...segment, file: '../../etc/passwd' })).rejects.toThrow('leaves the media folder');
  });
});
