import { Timeline, TrackClock } from './timeline';

const RATE = 16_000;
/** Frames of 64 ms. */
const FRAME = 1024;

describe('the timeline of picture and sound', () => {
  let video: TrackClock;
  let audio: TrackClock;
  let timeline: Timeline;
  beforeEach(() => {
    [video, audio] = [new TrackClock(90_000), new TrackClock(RATE)];
    timeline = new Timeline(video, audio);
  });

  it('goes on evenly over the wrap of both clocks', () => {
    const pictures = [0, 1, 2, 3].map((index) =>
      timeline.pictureMs((0xffffffff - 4000 + index * 3600) >>> 0, 5_000 + index * 40),
    );
    const sound = [0, 1, 2, 3].map((index) => timeline.soundMs((0xffffffff - 1500 + index * FRAME) >>> 0, 5_000 + index * 64));
    expect(pictures).toEqual([1000, 1040, 1080, 1120]);
    expect(sound).toEqual([1000, 1064, 1128, 1192]);
  });

  it('begins where media arrived while nothing better is known', () => {
    timeline.pictureMs(9, 5_000);
    expect(timeline.soundMs(77, 5_030)).toBe(1030);
  });

  it('puts sound where the sender reports say', () => {
    video.report = { ntpMs: 1_000_000, timestamp: 90_000 };
    audio.report = { ntpMs: 1_000_500, timestamp: 4_000 };
    expect(timeline.pictureMs(90_000, 5_000)).toBe(1000);
    // 250 ms behind its report, which is 500 ms behind that of the picture; it arrives much earlier.
    expect(timeline.soundMs(4_000 + RATE / 4, 5_010)).toBe(1750);
  });

  it('puts it where the answer to PLAY says, else', () => {
    [video.rtpInfo, audio.rtpInfo] = [90_000, 16_000];
    timeline.pictureMs(99_000, 5_000);
    expect(timeline.soundMs(16_000 + RATE / 5, 5_000)).toBe(1100);
  });

  it('believes neither when they are hours apart', () => {
    [video.rtpInfo, audio.rtpInfo] = [0, 0];
    video.report = { ntpMs: 1_000_000, timestamp: 0 };
    audio.report = { ntpMs: 9_000_000, timestamp: 0 };
    timeline.pictureMs(400_000_000, 5_000);
    expect([timeline.soundMs(5, 5_020), timeline.soundMs(5 + FRAME, 5_084)]).toEqual([1020, 1084]);
  });

  it('moves sound a millisecond a frame when reports come late', () => {
    timeline.pictureMs(0, 5_000);
    let sound = timeline.soundMs(0, 5_080);
    expect(sound).toBe(1080);
    video.report = { ntpMs: 1_000_000, timestamp: 0 };
    audio.report = { ntpMs: 1_000_000, timestamp: 0 };
    for (let frame = 1; frame <= 100; frame += 1) {
      const next = timeline.soundMs(frame * FRAME, 0);
      expect(Math.abs(next - sound - 64)).toBeLessThanOrEqual(1);
      sound = next;
    }
    expect(Math.abs(sound - (1000 + 6400))).toBeLessThanOrEqual(2);
  });

  it('keeps sound with the picture for fifteen hours though the clocks drift apart', () => {
    // Sound is counted 100 ppm too slowly.
    let worst = 0;
    const tick = (ms: number): number => Math.round((ms * RATE * 0.9999) / 1000) >>> 0;
    for (let ms = 0; ms < 15 * 3_600_000; ms += 320) {
      const picture = timeline.pictureMs((ms * 90) >>> 0, ms);
      const sound = timeline.soundMs(tick(ms), ms);
      if (ms % 5_120 === 0) {
        video.report = { ntpMs: 1e9 + ms, timestamp: (ms * 90) >>> 0 };
        audio.report = { ntpMs: 1e9 + ms, timestamp: tick(ms) };
      }
      worst = Math.max(worst, Math.abs(sound - picture));
    }
    expect(worst).toBeLessThan(40);
  });
});
