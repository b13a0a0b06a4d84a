import { ConfigError, loadConfig } from './config';

describe('the thresholds of the disk', () => {
  it('have defaults', () => {
    expect(loadConfig({}).disk).toEqual({ filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 });
  });

  it('can be set', () => {
    const env = { POLLGLASS_DISK_WARN_PERCENT: '50', POLLGLASS_DISK_DELETE_PERCENT: '60' };
    expect(loadConfig(env).disk).toMatchObject({ filling: 0.5, short: 0.6, critical: 0.95 });
  });

  it('are refused all at once when they are no percentages', () => {
    const env = { POLLGLASS_DISK_WARN_PERCENT: '0', POLLGLASS_DISK_DELETE_PERCENT: 'much', POLLGLASS_DISK_FULL_PERCENT: '101' };
    expect(problemsOf(env)).toEqual([
      'POLLGLASS_DISK_WARN_PERCENT is a number from 1 to 100',
      'POLLGLASS_DISK_DELETE_PERCENT is a number from 1 to 100',
      'POLLGLASS_DISK_FULL_PERCENT is a number from 1 to 100',
    ]);
  });

  it('are refused all at once when they are out of order', () => {
    const env = { POLLGLASS_DISK_WARN_PERCENT: '90', POLLGLASS_DISK_FULL_PERCENT: '95' };
    expect(problemsOf(env)).toEqual([
      'POLLGLASS_DISK_DELETE_PERCENT is more than POLLGLASS_DISK_WARN_PERCENT',
      'POLLGLASS_DISK_FULL_PERCENT is more than POLLGLASS_DISK_CRITICAL_PERCENT',
    ]);
  });
});

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
