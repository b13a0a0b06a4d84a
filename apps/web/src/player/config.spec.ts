import { PLAYER_CONFIG, TAKEOVER_MS } from './config';

type Policy = NonNullable<typeof PLAYER_CONFIG.playlistLoadPolicy>;
const policies: [string, Policy | undefined][] = [
  ['first list', PLAYER_CONFIG.manifestLoadPolicy],
  ['list', PLAYER_CONFIG.playlistLoadPolicy],
  ['media', PLAYER_CONFIG.fragLoadPolicy],
];

/** How long hls.js goes on asking when every answer comes at once and is an error: its linear backoff, summed. */
const patienceMs = (policy: Policy | undefined): number => {
  const retry = policy?.default.errorRetry;
  if (!retry) return 0;
  return Array.from({ length: retry.maxNumRetry }, (_, n) =>
    Math.min((n + 1) * retry.retryDelayMs, retry.maxRetryDelayMs),
  ).reduce((sum, delay) => sum + delay, 0);
};

const wouldRetry = (policy: Policy | undefined, code: number, count = 0) => {
  const retry = policy?.default.errorRetry;
  return retry?.shouldRetry?.(retry, count, false, { url: '', data: undefined, code }, false);
};

describe.each(policies)('asking again for the %s', (_, policy) => {
  it('outlasts a takeover even when every answer fails at once', () => {
    expect(patienceMs(policy)).toBeGreaterThan(TAKEOVER_MS * 1.5);
  });

  it.each([503, 502, 500, 404, 0])('goes on after status %i', (code) => expect(wouldRetry(policy, code)).toBe(true));

  it.each([400, 403, 410])('does not insist after status %i', (code) => expect(wouldRetry(policy, code)).toBe(false));

  it('ends some time', () => expect(wouldRetry(policy, 503, 30)).toBe(false));
});

it('leaves the distance to live to the list, and never drags a viewer to live', () => {
  const set = Object.keys(PLAYER_CONFIG);
  expect(set).not.toContain('liveSyncDuration');
  expect(set).not.toContain('liveSyncDurationCount');
  expect(set).not.toContain('liveMaxLatencyDuration');
  expect(set).not.toContain('liveMaxLatencyDurationCount');
  expect(PLAYER_CONFIG.lowLatencyMode).toBe(true);
});
