import { Beat } from './beat';

describe('a beat', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('wakes all that wait for the same beat together, each once', () => {
    const beat = new Beat(25);
    const woken: string[] = [];
    beat.after(100, () => woken.push('a'));
    beat.after(50, () => woken.push('b'));
    jest.advanceTimersByTime(30);
    beat.after(75, () => woken.push('c'));
    jest.advanceTimersByTime(20);
    expect(woken).toEqual(['b']);
    jest.advanceTimersByTime(49);
    expect(woken).toEqual(['b']);
    jest.advanceTimersByTime(1);
    expect(woken).toEqual(['b', 'a', 'c']);
    jest.advanceTimersByTime(10_000);
    expect(woken).toHaveLength(3);
  });

  it('goes on for who asks again when woken, and keeps no timer when nobody waits', () => {
    const beat = new Beat(25);
    let count = 0;
    const again = (): void => {
      count += 1;
      if (count < 5) beat.after(100, again);
    };
    beat.after(100, again);
    jest.advanceTimersByTime(499);
    expect(count).toBe(4);
    jest.advanceTimersByTime(1);
    expect(count).toBe(5);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is never now, and never further away than it looks ahead', () => {
    const beat = new Beat(25);
    const woken = jest.fn();
    beat.after(0, woken);
    expect(woken).not.toHaveBeenCalled();
    jest.advanceTimersByTime(25);
    expect(woken).toHaveBeenCalledTimes(1);
    beat.after(60_000, woken);
    jest.advanceTimersByTime(63 * 25);
    expect(woken).toHaveBeenCalledTimes(2);
  });
});
