import { Clock } from '@app/platform';
import { databaseIsDown } from './database-is-down';
import { Lease, LeaseNotHeld } from './lease';

class FakeClock extends Clock {
  at = 0;
  nowMs(): number {
    return this.at;
  }
  monotonicMs(): number {
    return this.at;
  }
}

describe('a lease, as its holder sees it', () => {
  it('lapses a little before its deadline, and is held again once extended', () => {
    const clock = new FakeClock();
    const lease = new Lease('camera', 3, clock, 5_000);
    expect(() => lease.assertHeld()).not.toThrow();
    clock.at = 4_750;
    expect(lease.state).toBe('lapsed');
    expect(() => lease.assertHeld()).toThrow(LeaseNotHeld);
    lease.extend(9_000);
    expect(lease.state).toBe('held');
  });

  it('is lost for good, whatever is told later', () => {
    const lease = new Lease('camera', 3, new FakeClock(), 5_000);
    const told = jest.fn();
    lease.onLost(told);
    lease.lose();
    lease.lose();
    lease.extend(60_000);
    expect(lease.state).toBe('lost');
    expect(told).toHaveBeenCalledTimes(1);
  });
});

describe('whether nobody has a database', () => {
  const error = (code: string) => Object.assign(new Error(code), { code });

  it('is proved by refused connections only', () => {
    expect(databaseIsDown(error('ECONNREFUSED'))).toBe(true);
    expect(databaseIsDown(new AggregateError([error('ECONNREFUSED'), error('ECONNREFUSED')]))).toBe(true);
    for (const code of ['ETIMEDOUT', 'ECONNRESET', '57P01', '57P03', '40001']) expect(databaseIsDown(error(code))).toBe(false);
    expect(databaseIsDown(new AggregateError([error('ECONNREFUSED'), error('ETIMEDOUT')]))).toBe(false);
    expect(databaseIsDown('ECONNREFUSED')).toBe(false);
  });
});
