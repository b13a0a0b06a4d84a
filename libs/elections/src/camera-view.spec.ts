import type { Camera } from '@app/contracts';
import { type CameraRow, cameraState } from './camera-view';
import { stationState } from './station-view';

const now = new Date('2026-11-22T12:00:00Z');
const day = {
  opensAt: new Date('2026-11-22T07:00:00Z'),
  closesAt: new Date('2026-11-22T20:00:00Z'),
  countEndsAt: new Date('2026-11-23T02:00:00Z'),
};
const live: CameraRow = {
  id: 'c',
  station_id: 's',
  station_code: '0101',
  name: 'Hall',
  position: 1,
  enabled: true,
  created_at: new Date('2026-11-01T00:00:00Z'),
  source_kind: 'rtsp',
  source_display: 'rtsp://h/a',
  has_credentials: false,
  state: 'live',
  state_generation: 3,
  since: new Date('2026-11-22T08:00:00Z'),
  reason_code: null,
  last_frame_at: now,
  codec: 'h264',
  audio_codec: null,
  width: 1280,
  height: 720,
  fps: 25,
  bitrate: 1_000_000,
  lease_generation: 3,
  lease_expires_at: new Date(now.getTime() + 3_000),
  opens_at: null,
  closes_at: null,
  count_ends_at: null,
};
const at = (change: Partial<CameraRow>) => {
  const { state, reason, since } = cameraState({ ...live, ...change }, day, now);
  return [state, reason?.code ?? null, since];
};

describe(cameraState, () => {
  it('is what its packager says while that packager holds the camera', () => {
    expect(at({})).toEqual(['live', null, '2026-11-22T08:00:00.000Z']);
    expect(at({ state: 'frozen', reason_code: 'picture-frozen' })[1]).toBe('picture-frozen');
  });

  it('is off as planned outside the station’s own times', () => {
    const closed = new Date('2026-11-22T11:00:00Z');
    expect(at({ count_ends_at: closed })).toEqual(['planned-off', 'not-scheduled', closed.toISOString()]);
    expect(at({ opens_at: new Date('2026-11-22T13:00:00Z') })[1]).toBe('not-scheduled');
  });

  it.each([
    ['its lease ran out', { lease_expires_at: new Date(now.getTime() - 1_000) }, 'down', 'packager-lost'],
    ['nobody holds it', { lease_expires_at: null, lease_generation: null }, 'down', 'packager-lost'],
    ['another packager has it and has not reported', { lease_generation: 4 }, 'starting', 'connecting'],
    ['nobody has reported yet', { state: null, state_generation: null, since: null }, 'starting', 'waiting-for-start'],
    ['it is switched off', { enabled: false }, 'planned-off', 'switched-off'],
  ] as const)('is not what was last said when %s', (_why, change, state, reason) => {
    expect(at(change).slice(0, 2)).toEqual([state, reason]);
  });

  it('keeps the reason of a camera that is down, with or without an owner', () => {
    for (const lease_expires_at of [live.lease_expires_at, null])
      expect(at({ state: 'down', reason_code: 'unauthorized', lease_expires_at }).slice(0, 2)).toEqual(['down', 'unauthorized']);
  });

  it('is off as planned outside the broadcast, since the count ended', () => {
    const after = cameraState(live, day, new Date('2026-11-23T03:00:00Z'));
    expect(after).toMatchObject({ state: 'planned-off', reason: { code: 'not-scheduled' }, since: '2026-11-23T02:00:00.000Z' });
  });
});

describe(stationState, () => {
  const cameras = (...states: Camera['state']['state'][]) => states.map((state) => ({ state: { state } }) as Camera);
  it.each([
    [['live', 'live'], 'live'],
    [['live', 'planned-off'], 'live'],
    [['live', 'down'], 'partly-live'],
    [['down', 'starting'], 'down'],
    [['planned-off', 'planned-off'], 'planned-off'],
    [[], 'planned-off'],
  ] as const)('of %j is %s', (states, expected) => {
    expect(stationState(cameras(...states))).toBe(expected);
  });
});
