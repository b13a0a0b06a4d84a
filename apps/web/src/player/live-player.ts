import Hls, { ErrorTypes, Events, type ErrorData, type HlsConfig } from 'hls.js/light';
import { serverClock } from '../api/server-clock';
import { CATCH_UP_RATE, PLAYER_CONFIG } from './config';
import { delayOf, displayedFrameAt, skippedSeconds, targetOfBack, type Tick } from './moment';
import { INITIAL_SNAPSHOT, type Player, type PlayerSnapshot, type PlayerState, type RebuildReason } from './snapshot';

const TICK_MS = 250;
const STALL_MS = 1200;
const NOTICE_MS = 12_000;
const MAX_REBUILD_DELAY_MS = 8000;

/**
 * Plays one live list in one `<video>` and tells what is on the screen. hls.js where Media Source exists, the browser's own
 * HLS elsewhere (some browsers claim their own and play it badly). Ends with `destroy()`.
 * The element's `data-latency` (seconds) and `data-fatal-errors` (count) say the same to measurements.
 */
export class LivePlayer implements Player {
  private hls: Hls | null = null;
  private snapshot: PlayerSnapshot = INITIAL_SNAPSHOT;
  private readonly listeners = new Set<() => void>();
  private readonly timer: number;
  private rebuildTimer = 0;
  private rebuilds = 0;
  private fatalErrors = 0;
  private frameMediaTime: number | null = null;
  private frameCallback = 0;
  private lastTick: Tick = { frameAt: null, at: 0 };
  private advanced = { time: -1, at: Date.now() };
  private noticeUntil = 0;
  private readonly ending = new AbortController();

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    /** What of our settings is otherwise here. */
    private readonly settings: Partial<HlsConfig> = {},
  ) {
    video.muted = true;
    video.playsInline = true;
    video.dataset.fatalErrors = '0';
    const on = (type: string, handle: () => void) => video.addEventListener(type, handle, { signal: this.ending.signal });
    for (const type of ['playing', 'pause', 'volumechange', 'seeked']) on(type, () => this.tick());
    this.watchFrames();
    this.build();
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): PlayerSnapshot => this.snapshot;

  /** UTC of the frame on the screen at this very moment, in epoch ms; null before the first. */
  frameNow(): number | null {
    // Without data at the playhead the screen still shows the frame from before the jump, or nothing yet.
    if (this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return this.snapshot.frameAt;
    return displayedFrameAt(this.playingDate(), this.video.currentTime, this.frameMediaTime);
  }

  /** Starts or goes on from where it stands. A refusal by the browser becomes the state `needs-tap`. */
  play(): void {
    this.video.play().then(
      () => this.tick(),
      (error: unknown) => {
        // Only a refusal is news; a play() that a new source interrupted is asked for again by whoever set the source.
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.publish({ state: { kind: 'needs-tap' } });
      },
    );
  }

  /** Stops on this frame. Playing goes on from here, not from live: nothing is passed over unasked. */
  pause(): void {
    this.follow(false);
    this.video.pause();
  }

  back(seconds: number): void {
    this.follow(false);
    this.seek(targetOfBack(this.video.currentTime, seconds, this.windowStart()));
  }

  jumpToLive(): void {
    this.follow(true);
    const live = this.hls ? this.hls.liveSyncPosition : this.nativeEnd();
    if (live !== null) this.seek(live);
    this.play();
  }

  setMuted(muted: boolean): void {
    this.video.muted = muted;
  }

  destroy(): void {
    window.clearInterval(this.timer);
    window.clearTimeout(this.rebuildTimer);
    if (this.frameCallback !== 0) this.video.cancelVideoFrameCallback(this.frameCallback);
    this.ending.abort();
    this.listeners.clear();
    this.release();
  }

  private build(): void {
    if (Hls.isSupported()) this.buildHls();
    else if (this.video.canPlayType('application/vnd.apple.mpegurl') !== '') this.buildNative();
    else this.publish({ state: { kind: 'unsupported' } });
  }

  private buildHls(): void {
    const hls = new Hls({ ...PLAYER_CONFIG, ...this.settings });
    this.hls = hls;
    hls.on(Events.ERROR, (_, data) => data.fatal && this.onFatal(data));
    hls.on(Events.MANIFEST_PARSED, () => this.play());
    hls.on(Events.FRAG_BUFFERED, () => (this.rebuilds = 0));
    hls.on(Events.LEVEL_LOADED, (_, data) => observeDate(data.networkDetails, data.stats.loading));
    hls.loadSource(this.url);
    hls.attachMedia(this.video);
    this.follow(this.snapshot.following);
  }

  private buildNative(): void {
    this.video.addEventListener('error', () => this.rebuild('media'), { signal: this.ending.signal, once: true });
    this.video.src = this.url;
    this.play();
  }

  private onFatal(data: ErrorData): void {
    this.fatalErrors += 1;
    this.video.dataset.fatalErrors = String(this.fatalErrors);
    this.video.dataset.lastError = data.details;
    if (data.type === ErrorTypes.NETWORK_ERROR) return this.rebuild('network');
    this.rebuild(data.type === ErrorTypes.MEDIA_ERROR ? 'media' : 'other');
  }

  /** A new player in place of the broken one: nothing of a broken state is carried over. */
  private rebuild(reason: RebuildReason): void {
    this.release();
    this.rebuilds += 1;
    this.publish({ state: { kind: 'rebuilding', reason, attempt: this.rebuilds }, frameAt: null, delayMs: null });
    window.clearTimeout(this.rebuildTimer);
    const delay = Math.min(MAX_REBUILD_DELAY_MS, 500 * 2 ** Math.min(this.rebuilds - 1, 5));
    this.rebuildTimer = window.setTimeout(() => this.build(), delay);
  }

  private release(): void {
    this.hls?.destroy();
    this.hls = null;
    // Browsers count living players; one without a source is given back.
    this.video.removeAttribute('src');
    this.video.load();
  }

  private tick(): void {
    const at = Date.now();
    const time = this.video.currentTime;
    if (time !== this.advanced.time) this.advanced = { time, at };
    const frameAt = this.frameNow();
    const delayMs = delayOf(frameAt, serverClock.now(at));
    const skipped = this.video.seeking ? null : skippedSeconds(this.lastTick, { frameAt, at });
    if (!this.video.seeking) this.lastTick = { frameAt, at };
    if (skipped !== null) this.noticeUntil = at + NOTICE_MS;
    if (delayMs !== null) this.video.dataset.latency = (delayMs / 1000).toFixed(2);
    this.publish({
      state: this.stateAt(at),
      frameAt,
      delayMs,
      windowMs: Math.max(0, (time - this.windowStart()) * 1000),
      muted: this.video.muted,
      skippedSeconds: skipped ?? (at < this.noticeUntil ? this.snapshot.skippedSeconds : null),
    });
  }

  private stateAt(at: number): PlayerState {
    const current = this.snapshot.state;
    const { kind } = current;
    if (kind === 'unsupported' || (kind === 'rebuilding' && this.video.readyState === 0)) return current;
    if (this.video.readyState === 0) return kind === 'needs-tap' ? current : { kind: 'loading' };
    if (this.video.paused) return kind === 'needs-tap' || kind === 'loading' ? current : { kind: 'paused' };
    if (at - this.advanced.at > STALL_MS) return { kind: 'waiting', since: this.advanced.at };
    return { kind: 'playing' };
  }

  private publish(change: Partial<PlayerSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }

  private follow(following: boolean): void {
    if (this.hls) this.hls.config.maxLiveSyncPlaybackRate = following ? CATCH_UP_RATE : 1;
    if (!following) this.video.playbackRate = 1;
    if (following !== this.snapshot.following) this.publish({ following });
  }

  private seek(time: number): void {
    this.video.currentTime = time;
    this.lastTick = { frameAt: null, at: 0 };
    this.noticeUntil = 0;
  }

  private playingDate(): number | null {
    if (this.hls) return this.hls.playingDate?.getTime() ?? null;
    const start = (this.video as HTMLVideoElement & { getStartDate?: () => Date }).getStartDate?.().getTime() ?? NaN;
    return Number.isNaN(start) ? null : start + this.video.currentTime * 1000;
  }

  private windowStart(): number {
    const first = this.hls?.latestLevelDetails?.fragments[0]?.start;
    if (first !== undefined) return first;
    return this.video.seekable.length > 0 ? this.video.seekable.start(0) : this.video.currentTime;
  }

  private nativeEnd(): number | null {
    return this.video.seekable.length > 0 ? Math.max(0, this.video.seekable.end(0) - 4) : null;
  }

  private watchFrames(): void {
    if (!('requestVideoFrameCallback' in this.video)) return;
    this.frameCallback = this.video.requestVideoFrameCallback((_, frame) => {
      this.frameMediaTime = frame.mediaTime;
      this.watchFrames();
    });
  }
}

/** List answers come twice a second: enough to know the server's clock well. Times of `loading` are `performance.now()`. */
const observeDate = (networkDetails: unknown, loading: { start: number; first: number }): void => {
  if (!(networkDetails instanceof XMLHttpRequest) || loading.first <= loading.start) return;
  const toEpoch = Date.now() - performance.now();
  serverClock.observe(networkDetails.getResponseHeader('date'), toEpoch + loading.start, toEpoch + loading.first);
};
