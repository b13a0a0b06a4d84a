import type { CameraState } from '@app/contracts';
import { describeIn } from '../words/describe-in';
import { cameraBadge, stationBadge } from './camera-words';
import { coverOf } from './cover-words';

const now = Date.UTC(2026, 10, 22, 11, 0, 0);
const camera = (state: CameraState['state'], reason: CameraState['reason'] = null): CameraState => ({
  state,
  since: '2026-11-22T10:41:00.000Z',
  reason,
  lastFrameAt: null,
  codec: null,
  audioCodec: null,
  width: null,
  height: null,
  fps: null,
  bitrate: null,
});
const lost = { code: 'connection-lost', message: 'The connection to the camera was lost.' } as const;

describe('the words for a camera', () => {
  it('say since when and why there is no signal, in station time', () => {
    expect(cameraBadge(camera('down', lost), now, 'Asia/Tashkent')).toEqual({
      tone: 'down',
      label: 'No signal since 15:41',
      reason: lost.message,
    });
  });

  it('tell a picture that stands still from one that does not come, and a covered one from both', () => {
    const still = { code: 'picture-still', message: 'still' } as const;
    const black = { code: 'picture-black', message: 'black' } as const;
    const silent = { code: 'silent', message: 'silent' } as const;
    const label = (state: CameraState['state'], reason: CameraState['reason']) =>
      cameraBadge(camera(state, reason), now, 'UTC').label;
    expect(label('frozen', still)).toBe('Picture stands still since 10:41');
    expect(label('frozen', silent)).toBe('No new picture since 10:41');
    expect(label('dark', black)).toBe('Dark picture since 10:41');
  });

  it('need no reason while it is live', () => expect(cameraBadge(camera('live'), now, 'UTC').reason).toBeNull());
});

describe('the words for a station', () => {
  const station = (...states: CameraState['state'][]) =>
    ({ state: 'down', cameras: states.map((state) => ({ state: camera(state) })) }) as unknown as Parameters<
      typeof stationBadge
    >[0];

  it('count the cameras when only some are live', () => expect(stationBadge(station('live', 'down')).label).toBe('1 of 2 live'));
  it('are live only when all are', () =>
    expect(stationBadge(station('live', 'live'))).toMatchObject({ tone: 'live', label: 'Live' }));
  it('never say live for a station without cameras', () => expect(stationBadge(station()).label).toBe('No cameras'));
});

describe('what covers the video', () => {
  it('is nothing while it plays, even when the state is older than the picture', () => {
    expect(coverOf({ kind: 'playing' }, camera('down', lost), now, 'UTC').kind).toBe('none');
  });

  it('is the reason over the last picture when the camera went away while playing', () => {
    expect(coverOf({ kind: 'waiting', since: now - 5000 }, camera('down', lost), now, 'UTC')).toEqual({
      kind: 'over',
      title: 'No signal since 10:41',
      detail: lost.message,
    });
  });

  it('is nothing during a short stall of a live camera, and words during a long one', () => {
    expect(coverOf({ kind: 'waiting', since: now - 1000 }, camera('live'), now, 'UTC').kind).toBe('none');
    expect(coverOf({ kind: 'waiting', since: now - 9000 }, camera('live'), now, 'UTC')).toMatchObject({ kind: 'over' });
  });

  it('is the reason in place of a black picture when there never was one', () => {
    expect(coverOf({ kind: 'loading' }, camera('down', lost), now, 'UTC')).toMatchObject({
      kind: 'instead',
      detail: lost.message,
    });
  });

  it('is a play button when the browser refuses to start by itself', () => {
    expect(coverOf({ kind: 'needs-tap' }, camera('live'), now, 'UTC')).toEqual({ kind: 'play' });
  });

  it('names why the player starts again', () => {
    expect(coverOf({ kind: 'rebuilding', reason: 'network', attempt: 1 }, camera('live'), now, 'UTC')).toMatchObject({
      title: 'Connecting again',
    });
  });
});

describeIn('ru', 'the words for a camera', () => {
  it('are said in the language of the interface, the reason by its code', () => {
    expect(cameraBadge(camera('down', lost), now + 86_400_000, 'Asia/Tashkent')).toEqual({
      tone: 'down',
      label: 'Нет сигнала с 22.11, 15:41',
      reason: 'Связь с камерой потеряна.',
    });
  });

  it('leave a reason that is newer than the texts in the words of the server', () => {
    const newer = { code: 'moon-in-the-way', message: 'The moon is in the way.' } as unknown as CameraState['reason'];
    expect(cameraBadge(camera('down', newer), now, 'UTC').reason).toBe('The moon is in the way.');
  });

  it('cover the picture', () => {
    expect(coverOf({ kind: 'rebuilding', reason: 'network', attempt: 1 }, camera('live'), now, 'UTC')).toEqual({
      kind: 'instead',
      title: 'Повторное подключение',
      detail: 'Связь с сервером потеряна. Идёт повторное подключение.',
    });
  });
});

describeIn('uz-Latn', 'the words for a camera', () => {
  it('are said in the language of the interface', () => {
    expect(cameraBadge(camera('down', lost), now, 'Asia/Tashkent')).toMatchObject({
      label: '15:41 dan beri signal yoʻq',
      reason: 'Kamera bilan aloqa uzildi.',
    });
  });
});
