import { createLogger } from '@app/platform';
import type { CameraStatus } from './camera-status';
import { NO_PICTURE } from './camera-status';
import { StateWriter } from './state-writer';

const status = (cameraId: string, generation = 1): CameraStatus => ({
  ...NO_PICTURE,
  cameraId,
  generation,
  state: 'live',
  since: new Date(0),
  reason: null,
  lastFrameAt: null,
});

describe('the writer of camera states', () => {
  const written: [cameras: string[], told: string[]][] = [];
  const published: string[] = [];
  const repository = {
    write: (statuses: readonly CameraStatus[], told: ReadonlySet<string>) => {
      written.push([statuses.map(({ cameraId }) => cameraId), [...told]]);
      return Promise.resolve([...told].map((cameraId) => ({ cameraId })));
    },
  };
  const fanout = { publish: (_: string, { cameraId }: { cameraId: string }) => Promise.resolve(void published.push(cameraId)) };
  let writer: StateWriter;

  beforeEach(() => {
    jest.useFakeTimers();
    written.length = published.length = 0;
    writer = new StateWriter(repository as never, fanout as never, createLogger('test', 'silent'));
  });
  afterEach(() => jest.useRealTimers());

  it('writes what others are told at once, and with it what waits', async () => {
    writer.put(status('a'), false);
    writer.put(status('b'), true);
    await jest.advanceTimersByTimeAsync(50);
    expect(written).toEqual([[['a', 'b'], ['b']]]);
    expect(published).toEqual(['b']);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(written).toHaveLength(1);
  });

  it('lets what nobody is told wait for that of other cameras, a second and no longer', async () => {
    writer.put(status('a'), false);
    await jest.advanceTimersByTimeAsync(900);
    writer.put(status('b'), false);
    expect(written).toEqual([]);
    await jest.advanceTimersByTimeAsync(150);
    expect(written).toEqual([[['a', 'b'], []]]);
    writer.put(status('a'), false);
    await jest.advanceTimersByTimeAsync(1_050);
    expect(written).toHaveLength(2);
  });

  it('still tells of a change that is overtaken by a refresh, and writes what waits when it stops', async () => {
    writer.put(status('a'), true);
    writer.put(status('a'), false);
    await jest.advanceTimersByTimeAsync(50);
    expect(published).toEqual(['a']);
    writer.put(status('c'), false);
    await writer.stop();
    expect(written.at(-1)).toEqual([['c'], []]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
