import { Clock } from '@app/platform';
import type { Lease } from '../lease/lease';
import { type CameraStatus, NO_PICTURE } from '../state/camera-status';
import { CameraStateKeeper } from './camera-state-keeper';

class StandingClock extends Clock {
  override nowMs(): number {
    return 0;
  }
  override monotonicMs(): number {
    return 0;
  }
}

const PICTURE = { codec: 'h264', audioCodec: 'aac', width: 640, height: 360, fps: null, bitrate: null };

describe('what the owner of a camera says of it', () => {
  const told: CameraStatus[] = [];
  let keeper: CameraStateKeeper;
  beforeEach(() => {
    told.length = 0;
    const lease = { cameraId: 'camera', generation: 3 } as Lease;
    keeper = new CameraStateKeeper(lease, { put: (status) => void told.push(status) }, new StandingClock());
  });

  it('never forgets the picture with a change of state', () => {
    keeper.setPicture(PICTURE);
    keeper.live();
    keeper.fault('silent');
    keeper.live();
    expect(told.map(({ state, codec }) => [state, codec])).toEqual([
      ['starting', null],
      ['starting', 'h264'],
      ['live', 'h264'],
      ['frozen', 'h264'],
      ['live', 'h264'],
    ]);
  });

  it.each([
    ['codec', { codec: 'hevc' }],
    ['sound', { audioCodec: null }],
    ['size', { width: 1280, height: 720 }],
    ['first rate', { fps: 25, bitrate: 400_000 }],
  ])('says at once that the %s is another', (_, change) => {
    keeper.setPicture(PICTURE);
    const before = told.length;
    keeper.setPicture({ ...PICTURE, ...change });
    expect(told.slice(before)).toEqual([expect.objectContaining(change)]);
  });

  it('is live with a clock that is off, and without when it was set', () => {
    keeper.clockIsOff(true);
    keeper.live();
    keeper.clockIsOff(false);
    keeper.clockIsOff(true);
    keeper.fault('silent');
    keeper.live();
    expect(told.slice(1).map(({ state, reason }) => [state, reason])).toEqual([
      ['live', 'clock-off'],
      ['live', null],
      ['live', 'clock-off'],
      ['frozen', 'silent'],
      ['live', 'clock-off'],
    ]);
  });

  it('is not live while its picture shows nothing, since when that was first seen, and goes on by itself', () => {
    keeper.live();
    keeper.seen({ fault: 'picture-black', sinceMs: -4_000 });
    keeper.live();
    keeper.seen({ fault: 'picture-still', sinceMs: -2_000 });
    keeper.seen(undefined);
    expect(told.slice(1).map(({ state, reason, since }) => [state, reason, since.getTime()])).toEqual([
      ['live', null, 0],
      ['dark', 'picture-black', -4_000],
      ['frozen', 'picture-still', -2_000],
      ['live', null, 0],
    ]);
  });

  it('says why nothing arrives rather than what was seen before, and what was seen when it arrives again', () => {
    keeper.live();
    keeper.seen({ fault: 'picture-black', sinceMs: -4_000 });
    keeper.fault('silent');
    keeper.seen({ fault: 'picture-black', sinceMs: -4_000 });
    keeper.live();
    expect(told.slice(3).map(({ state, reason, since }) => [state, reason, since.getTime()])).toEqual([
      ['frozen', 'silent', 0],
      ['dark', 'picture-black', 0],
    ]);
  });

  it('says nothing of the same picture again, nor of rates that only moved', () => {
    keeper.setPicture({ ...PICTURE, fps: 25, bitrate: 400_000 });
    const before = told.length;
    keeper.setPicture({ ...PICTURE, fps: 24.9, bitrate: 390_000 });
    expect(told).toHaveLength(before);
    expect(told[0]).toMatchObject(NO_PICTURE);
  });
});
