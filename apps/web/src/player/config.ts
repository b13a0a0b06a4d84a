import type { HlsConfig, LoadPolicy, RetryConfig } from 'hls.js';

/**
 * A packager's cameras are taken over by another one within 15 s at most. Until then an answer may fail or be late in any
 * way; the player keeps asking that long, and some, before it calls anything fatal.
 */
export const TAKEOVER_MS = 15_000;

/** Faster than this while the viewer follows live and has fallen a little behind; 1: no catching up. */
export const CATCH_UP_RATE = 1.08;

/** Refusals that will not change by asking again: a wrong request, or media that fell out of the window. */
const LASTING = new Set([400, 401, 403, 410, 422]);

const patient = (retryDelayMs: number): RetryConfig => ({
  maxNumRetry: 30,
  retryDelayMs,
  maxRetryDelayMs: 1500,
  backoff: 'linear',
  shouldRetry: (retry, count, isTimeout, response) =>
    retry !== null && retry !== undefined && count < retry.maxNumRetry && (isTimeout || !LASTING.has(response?.code ?? 0)),
});

const policy = (firstByteMs: number, wholeMs: number, retryDelayMs: number): LoadPolicy => ({
  default: {
    maxTimeToFirstByteMs: firstByteMs,
    maxLoadTimeMs: wholeMs,
    timeoutRetry: patient(0),
    errorRetry: patient(retryDelayMs),
  },
});

/**
 * Our settings of hls.js. The distance to live is the list's own PART-HOLD-BACK: no `liveSyncDuration*` here, they would
 * override it. `liveMaxLatencyDuration*` stay unset: they would drag a viewer who went back to live again.
 */
export const PLAYER_CONFIG: Partial<HlsConfig> = {
  lowLatencyMode: true,
  enableWorker: false,
  startLevel: 0,
  capLevelToPlayerSize: true,
  maxBufferLength: 20,
  maxMaxBufferLength: 40,
  backBufferLength: 45,
  maxLiveSyncPlaybackRate: CATCH_UP_RATE,
  // One stall must not push every later minute further from live.
  liveSyncOnStallIncrease: 0.25,
  manifestLoadPolicy: policy(12_000, 15_000, 500),
  playlistLoadPolicy: policy(12_000, 15_000, 400),
  fragLoadPolicy: policy(12_000, 30_000, 400),
};

/** Of a tile of the wall: many play at once, nobody goes back in them, and a small picture needs the lowest rung only. */
export const TILE_CONFIG: Partial<HlsConfig> = { maxBufferLength: 6, maxMaxBufferLength: 10, backBufferLength: 0 };
