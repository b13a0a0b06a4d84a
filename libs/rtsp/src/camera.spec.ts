import { RtspCamera } from './camera';
import { type Answer, FakeCamera, KEY, PPS, SDP, SLICE, SPS } from './fake-camera.fixture';
import { flvTags, senderReport } from './rtp.fixture';
import type { RtspFault, RtspSink } from './types';

class Sink implements RtspSink {
  readonly ended: Promise<RtspFault>;
  bytes = Buffer.alloc(0);
  end: (fault: RtspFault) => void = () => undefined;
  private wake: () => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  write(buffers: readonly Buffer[]): void {
    this.bytes = Buffer.concat([this.bytes, ...buffers]);
    this.wake();
  }

  /** The tags behind the header of the file, once there are so many. */
  async tags(count: number): Promise<ReturnType<typeof flvTags>> {
    for (;;) {
      const tags = flvTags(this.bytes, Math.min(13, this.bytes.length));
      if (tags.length >= count) return tags;
      const more = new Promise<undefined>((resolve) => (this.wake = () => resolve(undefined)));
      const fault = await Promise.race([more, this.ended]);
      if (fault) throw new Error(`The camera ended after ${tags.length} tags.`, { cause: fault });
    }
  }
}

describe('a camera called over RTSP', () => {
  let fake: FakeCamera;
  let sink: Sink;
  let camera: RtspCamera | undefined;
  const limits = { connectMs: 10_000, answerMs: 10_000, batchMs: 5 };
  const open = async (url = fake.url(), signal = new AbortController().signal, answerMs = 10_000): Promise<RtspCamera> =>
    (camera = await RtspCamera.open(url, { sink, signal, limits: { ...limits, answerMs } }));
  const openHurried = (url = fake.url()): Promise<RtspCamera> => open(url, undefined, 300);

  beforeEach(async () => {
    fake = new FakeCamera();
    sink = new Sink();
    await fake.listen();
  });
  afterEach(() => {
    camera?.close();
    fake.close();
  });

  it('plays, and gives picture and sound as FLV from the first key frame on', async () => {
    fake.onPlay = () => {
      fake.frame(1, senderReport(1_000_000, 90_000));
      fake.frame(3, senderReport(1_000_000, 16_000));
      fake.sound(16_000);
      fake.picture(90_000, SLICE);
      fake.picture(93_600, KEY);
      fake.sound(17_024);
      fake.picture(97_200, SLICE);
    };
    await open();
    expect(camera?.codecs).toEqual({ video: 'h264', audio: 'aac' });
    expect(fake.asked.map(({ method }) => method)).toEqual(['OPTIONS', 'DESCRIBE', 'SETUP', 'SETUP', 'PLAY']);
    const tags = await sink.tags(5);
    expect(sink.bytes.toString('hex', 0, 13)).toBe('464c5601050000000900000000');
    expect(tags.map(({ type, timeMs, body }) => [type, timeMs, body.toString('hex')])).toEqual([
      [9, 0, `17000000000142c01fffe10008${SPS.toString('hex')}010005${PPS.toString('hex')}`],
      [8, 0, 'af001408'],
      // The key frame is 40 ms after the reports, the sound 64 ms.
      [9, 1000, `170100000000000004${KEY.toString('hex')}`],
      [9, 1040, `270100000000000004${SLICE.toString('hex')}`],
      [8, 1024, 'af01aabb'],
    ]);
  });

  it('asks for each track where its description says', async () => {
    fake.answers = { DESCRIBE: () => ({ headers: ['Content-Base: rtsp://camera/base'], body: SDP }) };
    await open();
    expect(fake.asked.slice(2).map(({ text }) => text.split(' ')[1])).toEqual([
      'rtsp://camera/base/track0',
      'rtsp://camera/base/track1',
      'rtsp://camera/base',
    ]);
  });

  it('names no sound that was described and does not come', async () => {
    await open();
    const started = Date.now();
    const timer = setInterval(() => fake.picture((Date.now() - started) * 90, KEY), 20);
    await sink.tags(2);
    clearInterval(timer);
    expect(sink.bytes[4]).toBe(1);
  });

  it('shows its password only when asked, and as a digest', async () => {
    const refused: Answer = { status: 401, headers: ['WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"'] };
    fake.answers = { DESCRIBE: (text) => (text.includes('Authorization: Digest') ? { body: SDP } : refused) };
    await open(fake.url('viewer:s3cret@'));
    const texts = fake.asked.map(({ text }) => text);
    expect(texts.join()).not.toContain('s3cret');
    expect(texts[0]).not.toContain('Authorization');
    expect(
      texts.filter((text) => /Authorization: Digest .*username="viewer"/.test(text)).map((text) => text.split(' ')[0]),
    ).toEqual(['DESCRIBE', 'SETUP', 'SETUP', 'PLAY']);
  });

  it.each<[string, Record<string, () => Answer>, string]>([
    ['a refused password', { DESCRIBE: () => ({ status: 401, headers: ['WWW-Authenticate: Basic realm="r"'] }) }, 'unauthorized'],
    ['a forbidden stream', { DESCRIBE: () => ({ status: 403 }) }, 'unauthorized'],
    ['a path without a stream', { DESCRIBE: () => ({ status: 404 }) }, 'path-not-found'],
    ['a redirection', { DESCRIBE: () => ({ status: 302, headers: ['Location: rtsp://127.0.0.1/other'] }) }, 'redirected'],
    ['a camera that is full', { SETUP: () => ({ status: 453 }) }, 'refused'],
    ['a camera that wants UDP', { SETUP: () => ({ status: 461 }) }, 'unreadable'],
    [
      'a camera that answers with UDP',
      { SETUP: () => ({ headers: ['Transport: RTP/AVP;unicast;server_port=1-2'] }) },
      'unreadable',
    ],
    ['a track whose address is another line', { DESCRIBE: () => ({ body: SDP.replace('track0', 'a b') }) }, 'not-rtsp'],
    ['sound alone', { DESCRIBE: () => ({ body: SDP.replace('m=video', 'm=text') }) }, 'no-video'],
    ['another codec', { DESCRIBE: () => ({ body: SDP.replace('H264', 'H265') }) }, 'unreadable'],
  ])('is refused with its reason: %s', async (_, answers, reason) => {
    fake.answers = answers;
    expectRefusal(await refusalOf(open(fake.url('viewer:s3cret@'))), reason);
  });

  it('is refused with its reason: a camera that does not answer', async () => {
    fake.answers = { DESCRIBE: () => 'nothing' };
    expectRefusal(await refusalOf(openHurried(fake.url('viewer:s3cret@'))), 'silent');
  });

  it('is given up when we are stopped', async () => {
    fake.answers = { DESCRIBE: () => 'nothing' };
    const stop = new AbortController();
    const opening = open(fake.url(), stop.signal);
    setTimeout(() => stop.abort(new Error('stopped by the test')), 20);
    await expect(opening).rejects.toThrow('stopped by the test');
  });

  it('ends when nothing comes after PLAY', async () => {
    await openHurried();
    expect(await sink.ended).toMatchObject({ reason: 'silent' });
  });

  it('is not called silent when it was we who did not listen', async () => {
    await openHurried();
    fake.sound(0);
    fake.picture(0, KEY);
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect((await sink.tags(3)).length).toBeGreaterThanOrEqual(3);
  });

  it.each<[string, (fake: FakeCamera) => void, string]>([
    ['the connection is lost', (each) => each.socket?.destroy(), 'connection-lost'],
    ['the camera says BYE', (each) => [1, 3].forEach((channel) => each.frame(channel, BYE)), 'connection-lost'],
    ['pictures come out of order', (each) => [7200, 3600].forEach((ticks) => each.picture(ticks, SLICE)), 'unreadable'],
    [
      'the clock goes back',
      (each) => [0, 3600, 7200].forEach((ticks) => each.picture(ticks - 9_000_000, SLICE)),
      'timestamps-jumped',
    ],
    ['another picture size begins', (each) => each.picture(7200, Buffer.from('6742c01fd9014150', 'hex')), 'format-changed'],
    ['a profile begins that is converted', (each) => each.picture(7200, Buffer.from('676e001fd9014150', 'hex')), 'unreadable'],
    ['garbage comes', (each) => each.socket?.write(Buffer.alloc(70_000, 'x')), 'media-invalid'],
    [
      'packets of garbage come',
      (each) => repeat(30, (index) => each.picture(index * 3600, Buffer.from('ffff', 'hex'))),
      'media-invalid',
    ],
  ])('ends with its reason when %s', async (_, happens, reason) => {
    await open();
    fake.picture(0, KEY);
    fake.sound(0);
    await sink.tags(4);
    happens(fake);
    expect(await sink.ended).toMatchObject({ reason });
  });

  it('survives one picture of another clock', async () => {
    await open();
    fake.sound(0);
    [0, 3600, -900_000_000, 7200].forEach((ticks) => fake.picture(ticks, ticks === 0 ? KEY : SLICE));
    const tags = await sink.tags(5);
    expect(tags.filter(({ type }) => type === 9).map(({ timeMs }) => timeMs)).toEqual([0, 1000, 1040, 1080]);
  });

  it('is read no further than its sink takes', async () => {
    let take: () => void = () => undefined;
    const write = jest.fn((): Promise<void> => new Promise((resolve) => (take = resolve)));
    camera = await RtspCamera.open(fake.url(), {
      sink: { write, end: () => undefined },
      signal: new AbortController().signal,
      limits,
    });
    fake.sound(0);
    fake.picture(0, KEY);
    await until(() => write.mock.calls.length === 1);
    // More than any buffer between here and there holds: the fake's own fills up.
    const big = Buffer.concat([SLICE, Buffer.alloc(60_000)]);
    for (let count = 1; count <= 400; count += 1) fake.picture(count * 3600, big);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(write).toHaveBeenCalledTimes(1);
    expect(fake.socket?.writableLength).toBeGreaterThan(10_000_000);
    write.mockImplementation(() => Promise.resolve());
    take();
    await until(() => fake.socket?.writableLength === 0);
    expect(write.mock.calls.length).toBeGreaterThan(10);
  });

  it('is read through TLS, whoever signed its certificate, and as fast as it sends', async () => {
    fake.close();
    fake = new FakeCamera(true);
    await fake.listen();
    await open();
    fake.sound(0);
    const big = Buffer.concat([SLICE, Buffer.alloc(50_000)]);
    for (let count = 0; count < 100; count += 1) fake.picture(count * 3600, count === 0 ? KEY : big);
    expect((await sink.tags(102)).length).toBe(102);
  });

  it('says goodbye', async () => {
    await open();
    camera?.close();
    await until(() => fake.asked.at(-1)?.method === 'TEARDOWN');
  });

  it('keeps its session', async () => {
    const keeping = jest.spyOn(global, 'setInterval');
    await open();
    expect(keeping).toHaveBeenCalledWith(expect.any(Function), 30_000);
    (keeping.mock.calls.at(-1)?.[0] as () => void)();
    await until(() => fake.asked.at(-1)?.method === 'GET_PARAMETER');
    expect(fake.asked.at(-1)?.text).toMatch(/Session: abc$/);
    keeping.mockRestore();
  });
});

const BYE = Buffer.from([0x81, 203, 0, 1, 0, 0, 0, 1]);

function refusalOf(opening: Promise<unknown>): Promise<RtspFault | undefined> {
  return opening.then(
    () => undefined,
    (fault: RtspFault) => fault,
  );
}

function expectRefusal(fault: RtspFault | undefined, reason: string): void {
  expect(fault).toMatchObject({ reason });
  expect(fault?.message).not.toMatch(/s3cret|viewer|127\.0\.0\.1/);
}

function repeat(count: number, task: (index: number) => void): void {
  for (let index = 0; index < count; index += 1) task(index);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
