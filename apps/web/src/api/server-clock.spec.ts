import { ServerClock } from './server-clock';

const http = (ms: number) => new Date(Math.floor(ms / 1000) * 1000).toUTCString();
const noon = Date.UTC(2026, 10, 22, 12, 0, 0);

describe('the server clock', () => {
  it('believes a correct local clock exactly', () => {
    const clock = new ServerClock();
    clock.observe(http(noon + 700), noon + 690, noon + 710);
    expect(clock.now(noon + 900)).toBe(noon + 900);
  });

  it('corrects a clock that is 90 s slow to within 50 ms after answers at many moments of a second', () => {
    const clock = new ServerClock();
    for (let at = noon; at < noon + 20_000; at += 770) clock.observe(http(at), at - 90_000 - 5, at - 90_000 + 5);
    expect(Math.abs(clock.offsetMs - 90_000)).toBeLessThan(50);
  });

  it('forgets the old difference when the local clock is set', () => {
    const clock = new ServerClock();
    clock.observe(http(noon), noon - 60_000, noon - 60_000);
    clock.observe(http(noon + 5000), noon + 5000, noon + 5000);
    expect(clock.offsetMs).toBe(0);
  });

  it.each([null, 'not a date'])('ignores the header %p', (header) => {
    const clock = new ServerClock();
    clock.observe(header, noon, noon);
    expect(clock.offsetMs).toBe(0);
  });
});
